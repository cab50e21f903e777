//! What is known of programs: their names, the long names of short flags, and the flags that take no value. Tables only.
//!
//! Sources: `kubectl options` and the help of each verb, `helm help`, `etcdctl help`, `crictl help`, systemctl(1), journalctl(1).

/// A program that people type.
pub(super) struct Program {
    /// The first is its name, the rest are other names for it.
    pub(super) names: &'static [&'static str],
    /// Other names for its verbs.
    verbs: &'static [(&'static str, &'static str)],
    shorts: &'static [Short],
    /// Long flags that take no value, or only after `=`.
    switches: &'static [&'static str],
    /// Whether a long flag has one dash (`openssl x509 -noout`).
    pub(super) one_dash: bool,
    /// Whether it names systemd units (`kubelet` is `kubelet.service`).
    pub(super) units: bool,
}

/// What a short flag means.
pub(super) struct Short {
    letter: char,
    /// The verbs for which it means that; none for all others.
    verbs: &'static [&'static str],
    pub(super) long: &'static str,
    /// Whether a value follows.
    pub(super) takes: bool,
}

const fn value(letter: char, long: &'static str) -> Short {
    Short { letter, verbs: &[], long, takes: true }
}

const fn switch(letter: char, long: &'static str) -> Short {
    Short { letter, verbs: &[], long, takes: false }
}

impl Short {
    const fn of(self, verbs: &'static [&'static str]) -> Self {
        Self { verbs, ..self }
    }
}

/// kubectl.
#[rustfmt::skip]
pub(super) const KUBECTL: Program = Program {
    names: &["kubectl", "k", "kubectl.exe"],
    shorts: &[
        switch('f', "follow").of(&["logs"]),
        switch('p', "previous").of(&["logs"]),
        value('p', "patch").of(&["patch"]),
        value('e', "env").of(&["set"]),
        switch('w', "watch"),
        value('n', "namespace"),
        switch('A', "all-namespaces"),
        value('o', "output"),
        value('f', "filename"),
        value('k', "kustomize"),
        value('l', "selector"),
        value('L', "label-columns"),
        value('c', "container"),
        switch('i', "stdin"),
        switch('t', "tty"),
        switch('q', "quiet"),
        switch('R', "recursive"),
        value('s', "server"),
        value('v', "v"),
        switch('h', "help"),
    ],
    switches: &[
            "all", "all-containers", "all-namespaces", "allow-missing-template-keys", "attach", "cascade", "client",
            "command", "containers", "current", "delete-emptydir-data", "disable-eviction", "dry-run", "edit",
            "embed-certs", "expose", "flatten", "follow", "force", "help", "ignore-daemonsets", "ignore-errors",
            "ignore-not-found", "insecure-skip-tls-verify", "leave-stdin-open", "list", "local", "merge", "minify",
            "namespaced", "no-headers", "now", "overwrite", "prefix", "previous", "prune", "quiet", "raw-output",
            "record", "recursive", "rm", "save-config", "server-side", "share-processes", "show-kind", "show-labels",
            "show-managed-fields", "stdin", "sum", "timestamps", "tty", "validate", "wait", "watch", "watch-only",
            "windows-line-endings",
    ],
    ..OTHER
};

/// A program of which only the rules that all share are known.
pub(super) const OTHER: Program =
    Program { names: &[], verbs: &[], shorts: &[], switches: &[], one_dash: false, units: false };

#[rustfmt::skip]
static PROGRAMS: &[Program] = &[
    Program {
        names: &["helm"],
        verbs: &[
            ("ls", "list"),
            ("delete", "uninstall"),
            ("del", "uninstall"),
            ("un", "uninstall"),
            ("fetch", "pull"),
            ("hist", "history"),
        ],
        shorts: &[
            switch('i', "install").of(&["upgrade"]),
            value('f', "values"),
            value('n', "namespace"),
            switch('A', "all-namespaces"),
            switch('a', "all"),
            value('o', "output"),
            switch('g', "generate-name"),
            value('l', "selector"),
        ],
        switches: &[
            "all", "all-namespaces", "atomic", "cleanup-on-fail", "create-namespace", "dependency-update", "devel",
            "dry-run", "force", "generate-name", "install", "keep-history", "reset-values", "reuse-values",
            "skip-crds", "untar", "verify", "wait", "wait-for-jobs",
        ],
        ..OTHER
    },
    Program {
        names: &["etcdctl", "etcdutl"],
        shorts: &[value('w', "write-out")],
        switches: &["cluster", "from-key", "hex", "keys-only", "prefix", "print-value-only", "skip-hash-check"],
        ..OTHER
    },
    Program {
        names: &["kubeadm"],
        shorts: &[value('v', "v")],
        switches: &["control-plane", "dry-run", "force", "print-join-command", "upload-certs", "yes"],
        ..OTHER
    },
    Program {
        names: &["crictl"],
        shorts: &[
            switch('a', "all"),
            switch('f', "follow").of(&["logs"]),
            value('n', "namespace"),
            value('o', "output"),
            switch('q', "quiet"),
            switch('i', "interactive"),
            switch('t', "tty"),
            value('r', "runtime-endpoint"),
        ],
        switches: &["all", "follow", "quiet", "no-trunc"],
        ..OTHER
    },
    Program {
        names: &["docker", "podman", "nerdctl"],
        shorts: &[
            value('t', "tag").of(&["build"]),
            switch('t', "tty"),
            switch('i', "interactive"),
            switch('d', "detach"),
            switch('a', "all").of(&["ps", "images"]),
            value('p', "publish"),
            value('v', "volume"),
            value('e', "env"),
            value('f', "file").of(&["build"]),
            switch('f', "follow").of(&["logs"]),
        ],
        switches: &["all", "detach", "follow", "interactive", "no-cache", "privileged", "pull", "rm", "tty"],
        ..OTHER
    },
    Program {
        names: &["systemctl"],
        units: true,
        shorts: &[
            value('t', "type"),
            value('n', "lines"),
            value('p', "property"),
            switch('a', "all"),
            switch('l', "full"),
        ],
        switches: &["all", "full", "now", "no-pager", "user"],
        ..OTHER
    },
    Program {
        names: &["journalctl"],
        units: true,
        shorts: &[
            value('u', "unit"),
            value('n', "lines"),
            value('p', "priority"),
            value('o', "output"),
            value('t', "identifier"),
            switch('f', "follow"),
            switch('e', "pager-end"),
            switch('x', "catalog"),
            switch('r', "reverse"),
            switch('k', "dmesg"),
        ],
        switches: &["catalog", "dmesg", "follow", "no-pager", "pager-end", "reverse"],
        ..OTHER
    },
    Program {
        names: &["openssl"],
        switches: &["new", "nodes", "noout", "subject", "issuer", "enddate", "dates", "text", "x509"],
        one_dash: true,
        ..OTHER
    },
    Program { names: &["kustomize"], shorts: &[value('o', "output")], ..OTHER },
];

/// The program of that name, in lower case.
pub(super) fn program(name: &str) -> Option<&'static Program> {
    std::iter::once(&KUBECTL).chain(PROGRAMS).find(|program| program.names.contains(&name))
}

impl Program {
    /// What a short flag means with that verb.
    pub(super) fn short(&self, letter: char, verb: &str) -> Option<&'static Short> {
        let for_verb =
            |short: &&Short| short.letter == letter && (short.verbs.is_empty() || short.verbs.contains(&verb));
        self.shorts.iter().find(for_verb)
    }

    /// Whether a long flag takes no value.
    pub(super) fn is_switch(&self, long: &str) -> bool {
        self.switches.contains(&long)
    }

    /// The verb among the arguments: the first word that is neither a flag nor a flag's value.
    pub(super) fn verb(&self, arguments: &[String]) -> String {
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let Some(flag) = argument.strip_prefix('-') else { return argument.to_lowercase() };
            let takes = match flag.strip_prefix('-') {
                Some(long) => !long.contains('=') && !self.is_switch(long),
                None => {
                    flag.chars().count() == 1
                        && flag.chars().any(|letter| self.short(letter, "").is_some_and(|short| short.takes))
                }
            };
            if takes {
                arguments.next();
            }
        }
        String::new()
    }

    /// Writes the verb, the first of the words, by its one name.
    pub(super) fn verb_in_place(&self, words: &mut [String]) {
        if let Some(verb) = words.first_mut().filter(|_| !self.names.is_empty()) {
            *verb = verb.to_lowercase();
            if let Some((_, name)) = self.verbs.iter().find(|(other, _)| other == verb) {
                (*name).clone_into(verb);
            }
        }
    }
}
