//! Ordinary words: what people wrap an answer in, and words that are no slip for a term because they are words themselves.
//! Tables, sorted; what they mean for an answer is said where they are used.

/// Whether it is a word of its own, and so no slip in writing another: "containers" is not `containerd`.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// Whether the word says nothing about the matter: "I think it is the … process".
pub(super) fn is_filler(word: &str) -> bool {
    FILLER.binary_search(&word).is_ok() || word.len() > 4 && word.ends_with("ly")
}

/// Whether the word puts one answer beside another, or in its place.
pub(super) fn hedges(word: &str) -> bool {
    matches!(
        word,
        "or" | "maybe"
            | "perhaps"
            | "possibly"
            | "could"
            | "might"
            | "may"
            | "either"
            | "also"
            | "too"
            | "else"
            | "no"
            | "wait"
            | "actually"
            | "rather"
            | "sorry"
            | "mean"
            | "probably"
    )
}

/// Whether the word, a small one or a verb, makes a sentence of what stands around it.
pub(super) fn makes_prose(word: &str) -> bool {
    PROSE.binary_search(&word).is_ok()
}

/// A small number in words for its figures, and the other way round.
pub(super) fn other_figure(key: &str) -> Option<&'static str> {
    const FIGURES: [(&str, &str); 13] = [
        ("0", "zero"),
        ("1", "one"),
        ("2", "two"),
        ("3", "three"),
        ("4", "four"),
        ("5", "five"),
        ("6", "six"),
        ("7", "seven"),
        ("8", "eight"),
        ("9", "nine"),
        ("10", "ten"),
        ("11", "eleven"),
        ("12", "twelve"),
    ];
    let other = |(figure, word)| match key {
        _ if key == figure => Some(word),
        _ if key == word => Some(figure),
        _ => None,
    };
    if key.len() > "twelve".len() { None } else { FIGURES.into_iter().find_map(other) }
}

/// Words of technical English that stand near terms of this field.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "access", "accessed", "accesses", "actual", "admin", "admins", "admission", "admit", "admits", "admitted",
    "affect", "affects", "affinity", "allocation", "allocations", "allow", "allowed", "allows", "amount", "annotate",
    "annotated", "annotates", "annotation", "annotations", "annual", "application", "applications", "assess",
    "assigned", "assigns", "attach", "attached", "audit", "audited", "audits", "authenticate", "authenticated",
    "authentication", "authorization", "authorize", "authorized", "available", "balance", "balanced", "balancer",
    "balances", "batch", "bind", "binding", "bindings", "binds", "bootstrap", "bootstraps", "border", "bound",
    "cable", "cables", "cached", "caches", "caching", "catch", "catches", "certificate", "certificated",
    "certificates", "certified", "claim", "claimed", "claims", "client", "clients", "cluster", "clustered",
    "clusters", "code", "codes", "column", "config", "configs", "configuration", "configurations", "configure",
    "configured", "configures", "consistent", "contain", "contained", "container", "containers", "contains",
    "control", "controlled", "controlling", "controls", "cooperate", "count", "counted", "counts", "cpu", "create",
    "created", "creates", "creating", "creator", "current", "currently", "daemon", "daemons", "decode", "decoded",
    "decrease", "decreased", "decreases", "decrypt", "decrypted", "decryption", "defer", "deferred", "definite",
    "delete", "deleted", "deletes", "deleting", "deploy", "deployed", "deploying", "deploys", "design", "designed",
    "desired", "desires", "detach", "detached", "device", "devices", "differed", "effect", "effected", "effects",
    "egress", "encode", "encoded", "encrypt", "encrypted", "encryption", "endpoint", "endpoints", "entrypoint",
    "ephemeral", "event", "events", "evict", "evicted", "eviction", "evicts", "exclude", "excluded", "excludes",
    "exclusive", "exist", "existing", "exists", "exit", "exited", "exits", "expire", "expired", "expires", "explicit",
    "export", "exported", "exports", "expose", "exposed", "exposes", "external", "failed", "failing", "fails",
    "failure", "failures", "filename", "filling", "finding", "findings", "follow", "following", "follows", "gateway",
    "gateways", "general", "getaway", "health", "healthy", "heath", "horizontal", "host", "hosted", "hostname",
    "hostpath", "hostport", "hosts", "image", "images", "implicit", "import", "imported", "imports", "inbound",
    "include", "included", "includes", "inclusive", "increase", "increased", "increases", "infinity", "ingress",
    "internal", "interval", "invalid", "label", "labeled", "labelled", "limit", "limited", "limits", "location",
    "locations", "manage", "managed", "manager", "managers", "manages", "managing", "manual", "manually", "match",
    "matched", "matches", "maximal", "maximum", "memories", "memory", "metric", "metrics", "minimal", "minimum",
    "mode", "modes", "monitor", "monitored", "monitors", "mount", "mounted", "mounts", "mutable", "mutate", "mutated",
    "mutates", "mutating", "mutation", "name", "named", "names", "namespace", "namespaces", "network", "networked",
    "networking", "networks", "node", "nodename", "nodepath", "nodes", "object", "objects", "observe", "observed",
    "observer", "observes", "operate", "operated", "operates", "operation", "operations", "operator", "operators",
    "order", "ordered", "orders", "outbound", "owned", "owner", "owners", "paint", "paints", "part", "parts", "patch",
    "patched", "patches", "pathname", "persist", "persisted", "persistent", "persists", "place", "placed", "places",
    "point", "pointed", "points", "police", "polices", "policy", "polite", "polling", "port", "ports", "post",
    "posted", "posts", "prefer", "preferred", "prefers", "probe", "probed", "probes", "process", "processed",
    "processes", "processing", "processor", "project", "projects", "prove", "proved", "proves", "provision",
    "provisioned", "provisioning", "provisions", "proxies", "proxy", "pulled", "pulling", "read", "reader", "readers",
    "readily", "reading", "reads", "ready", "reason", "reasons", "reclaim", "reclaimed", "reclaims", "recurrent",
    "recycle", "recycled", "referred", "region", "regions", "reject", "rejected", "rejects", "remain", "remained",
    "remains", "rename", "renamed", "replace", "replaced", "replaces", "replica", "replicas", "replicate",
    "replicated", "replicates", "request", "requested", "requests", "require", "required", "requires", "reserve",
    "reserved", "reserves", "resolve", "resolved", "resolver", "resolves", "restore", "restored", "restores",
    "retain", "retained", "retains", "retrain", "revolve", "role", "roles", "rollback", "rolled", "rolling",
    "rollout", "root", "roots", "route", "router", "routers", "routes", "routing", "rule", "rules", "running", "runs",
    "runtime", "scale", "scaled", "scales", "scaling", "schedule", "scheduled", "schedules", "scheduling", "score",
    "scores", "sealed", "season", "secret", "secrets", "secure", "secured", "select", "selected", "selecting",
    "selects", "separator", "serve", "served", "server", "servers", "serves", "service", "services", "serving",
    "sidecar", "sidecars", "signed", "signer", "signs", "singed", "space", "spaces", "start", "started", "starts",
    "startup", "state", "stated", "stateful", "stateless", "states", "static", "statue", "status", "storage", "store",
    "stored", "stores", "storing", "subject", "subjects", "table", "tables", "tailing", "taint", "tainted", "taints",
    "tolerant", "tolerate", "tolerated", "tolerates", "toleration", "tolerations", "trailing", "training",
    "transferred", "unavailable", "update", "updated", "updates", "updating", "upgrade", "upgraded", "upgrades",
    "used", "user", "username", "users", "uses", "validate", "validated", "validates", "validating", "validation",
    "versa", "version", "versions", "vertical", "virtual", "vision", "visions", "volume", "watch", "watched",
    "watches", "wealth", "worked", "worker", "workers", "working", "workload", "workloads", "works", "write",
    "writer", "writes", "written",
];

/// What an answer is wrapped in.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "100", "about", "actual", "actually", "afaik", "agent", "agents", "aka", "also", "am", "amp", "another", "answer",
    "answers", "apparently", "are", "assume", "assuming", "be", "because", "been", "believe", "bet", "binary", "btw",
    "call", "called", "can", "case", "certainly", "clearly", "cmd", "command", "component", "components", "correct",
    "could", "course", "daemon", "database", "def", "default", "definitely", "defo", "did", "do", "does", "doing",
    "duh", "dunno", "easily", "easy", "eh", "either", "exactly", "feel", "field", "file", "final", "finally", "flag",
    "gonna", "got", "gotta", "guess", "has", "have", "he", "hello", "hey", "hi", "hm", "hmm", "hmmm", "i", "id",
    "idk", "ig", "iirc", "ill", "im", "imho", "imo", "indeed", "instance", "is", "it", "itd", "its", "job", "just",
    "k8s", "kind", "known", "kubernetes", "lol", "main", "maybe", "me", "mean", "might", "mostly", "must", "mustbe",
    "my", "name", "named", "namely", "number", "object", "objects", "obv", "obviously", "ofc", "oh", "ok", "okay",
    "one", "only", "option", "our", "perhaps", "please", "pls", "plz", "port", "possibly", "presumably", "pretty",
    "probably", "probs", "process", "program", "prolly", "protocol", "quite", "rather", "really", "resource",
    "resources", "right", "s", "say", "should", "simply", "so", "some", "somehow", "something", "sorry", "sort",
    "spec", "still", "suppose", "sure", "surely", "tcp", "term", "that", "thats", "the", "then", "there", "they",
    "theyre", "thing", "think", "this", "tho", "those", "though", "too", "tool", "true", "try", "type", "udp", "uh",
    "uhh", "um", "umm", "use", "used", "uses", "using", "usually", "value", "very", "want", "was", "we", "well",
    "were", "whatever", "wild", "will", "word", "would", "yeah", "yep", "yes", "you", "your",
];

/// Small words and verbs that only sentences have.
#[rustfmt::skip]
const PROSE: &[&str] = &[
    "across", "act", "acts", "after", "against", "all", "allow", "allows", "among", "any", "arent", "around", "as",
    "asks", "assign", "assigns", "at", "balances", "because", "becomes", "before", "belongs", "between", "bind",
    "binds", "both", "by", "called", "calls", "cannot", "cant", "check", "checks", "choose", "chooses", "connects",
    "contain", "contains", "controls", "create", "created", "creates", "decide", "decides", "define", "defines",
    "doesnt", "done", "dont", "during", "each", "encrypts", "ensure", "ensures", "every", "everywhere", "expose",
    "exposes", "for", "forward", "forwards", "from", "gets", "give", "gives", "goes", "handle", "handled", "handles",
    "has", "have", "hold", "holds", "how", "if", "in", "inside", "instead", "into", "isnt", "keep", "keeps", "kill",
    "kills", "let", "lets", "like", "listen", "listens", "maintain", "maintains", "make", "makes", "manage",
    "managed", "manages", "means", "monitor", "monitors", "mount", "mounts", "needs", "never", "no", "not", "of",
    "off", "on", "onto", "out", "over", "per", "pick", "picks", "places", "provide", "provides", "pull", "pulls",
    "rather", "read", "reads", "register", "registers", "replace", "replaced", "replaces", "report", "reports",
    "restart", "restarts", "returns", "rotate", "rotates", "route", "routes", "run", "runs", "schedule", "schedules",
    "send", "sends", "serve", "serves", "sets", "shows", "since", "so", "stands", "start", "started", "starts",
    "store", "stored", "stores", "take", "takes", "talk", "talks", "tell", "tells", "than", "that", "their", "them",
    "these", "through", "to", "toward", "under", "unlike", "until", "up", "upon", "used", "via", "wants", "watch",
    "watches", "what", "when", "where", "which", "while", "who", "whose", "why", "will", "with", "within", "without",
    "wont", "works", "wraps", "write", "writes",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [WORDS, FILLER, PROSE] {
            assert!(table.is_sorted());
        }
    }
}
