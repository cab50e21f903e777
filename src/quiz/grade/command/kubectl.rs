//! What is kubectl's own: kinds of objects and their short names, and which words of a command name objects.

use std::collections::BTreeMap;

use super::super::typo::singular;

/// Kinds of objects with their short names, from `kubectl api-resources`, and `dep` from `kubectl create deployment`.
#[rustfmt::skip]
static KINDS: &[(&str, &[&str])] = &[
    ("pod", &["po"]), ("service", &["svc"]), ("deployment", &["deploy", "dep"]), ("replicaset", &["rs"]),
    ("statefulset", &["sts"]), ("daemonset", &["ds"]), ("job", &[]), ("cronjob", &["cj"]), ("configmap", &["cm"]),
    ("secret", &[]), ("namespace", &["ns"]), ("node", &["no"]), ("persistentvolume", &["pv"]),
    ("persistentvolumeclaim", &["pvc"]), ("storageclass", &["sc"]), ("serviceaccount", &["sa"]), ("role", &[]),
    ("rolebinding", &[]), ("clusterrole", &[]), ("clusterrolebinding", &[]), ("ingress", &["ing"]),
    ("ingressclass", &[]), ("networkpolicy", &["netpol"]), ("endpoint", &["ep"]), ("endpointslice", &[]),
    ("event", &["ev"]), ("replicationcontroller", &["rc"]), ("resourcequota", &["quota"]),
    ("limitrange", &["limits"]), ("horizontalpodautoscaler", &["hpa"]), ("poddisruptionbudget", &["pdb"]),
    ("customresourcedefinition", &["crd", "crds"]), ("priorityclass", &["pc"]),
    ("certificatesigningrequest", &["csr"]), ("componentstatus", &["cs"]), ("gatewayclass", &["gc"]),
    ("gateway", &["gtw"]), ("httproute", &[]),
];

/// Where a verb's words name objects.
enum Names {
    /// TYPE NAME…, TYPE/NAME…, TYPE,TYPE.
    Objects,
    /// As above, after a second verb (`rollout status`).
    AfterSecondVerb,
    /// A Pod, or TYPE/NAME; then words.
    Pod,
    /// Nodes.
    Nodes,
    /// A type; then words.
    Type,
    /// `auth can-i VERB TYPE`.
    CanI,
    /// A type, then a path of fields after a dot.
    Fields,
    /// No objects.
    Nothing,
}

fn names(verb: &str) -> Option<Names> {
    Some(match verb {
        "get" | "describe" | "delete" | "edit" | "label" | "annotate" | "scale" | "patch" | "expose" | "wait"
        | "autoscale" | "taint" => Names::Objects,
        "rollout" | "set" | "top" => Names::AfterSecondVerb,
        "logs" | "exec" | "attach" | "debug" | "port-forward" => Names::Pod,
        "drain" | "cordon" | "uncordon" => Names::Nodes,
        "create" => Names::Type,
        "auth" => Names::CanI,
        "explain" => Names::Fields,
        "apply" | "run" | "cp" | "config" | "replace" | "diff" | "proxy" | "events" | "version" | "cluster-info"
        | "api-resources" | "api-versions" | "certificate" | "completion" | "kustomize" | "plugin" | "options" => {
            Names::Nothing
        }
        _ => return None,
    })
}

/// Whether a line that begins with this word is meant for kubectl.
pub(super) fn is_verb(word: &str) -> bool {
    // `set`, `wait` and the like are the shell's own.
    !matches!(word, "set" | "wait" | "diff" | "cp" | "exec" | "top" | "edit" | "kustomize") && names(word).is_some()
}

/// Brings the words of a command to one form: objects as `pod/web`, in the order of the alphabet.
pub(super) fn canonical(words: &mut Vec<String>) {
    let Some(verb) = words.first() else { return };
    let given = match names(verb) {
        Some(Names::Objects) => words.split_off(1),
        Some(Names::AfterSecondVerb) if verb == "top" => {
            words.iter_mut().skip(1).take(1).for_each(|kind| *kind = canonical_kind(kind));
            return;
        }
        Some(Names::AfterSecondVerb) => words.split_off(words.len().min(2)),
        Some(Names::Pod) => {
            words.iter_mut().skip(1).take(1).for_each(|name| *name = named(name, "pod"));
            return;
        }
        Some(Names::Nodes) => {
            words.iter_mut().skip(1).for_each(|name| *name = named(name, "node"));
            return words[1..].sort_unstable();
        }
        Some(Names::Type) => {
            words.iter_mut().skip(1).take(1).for_each(|kind| *kind = canonical_kind(kind));
            return;
        }
        Some(Names::CanI) => {
            words.iter_mut().skip(3).take(1).for_each(|object| *object = named(object, ""));
            return;
        }
        Some(Names::Fields) => {
            words.iter_mut().skip(1).for_each(|path| {
                let (kind, fields) = path.split_once('.').map_or((path.as_str(), ""), |(kind, fields)| (kind, fields));
                *path = format!("{}.{fields}", canonical_kind(kind));
            });
            return;
        }
        Some(Names::Nothing) | None => return,
    };
    words.extend(objects(&given));
}

/// `TYPE NAME NAME`, `TYPE/NAME`, `TYPE,TYPE`, and then words like `app=web` or `app-`.
fn objects(given: &[String]) -> Vec<String> {
    let is_pair = |word: &&String| word.contains('=') || word.ends_with('-');
    let (pairs, given): (Vec<&String>, Vec<&String>) = given.iter().partition(is_pair);
    let mut objects: Vec<String> = match given.split_first() {
        None => Vec::new(),
        Some((first, _)) if first.contains('/') => given.iter().map(|object| named(object, "")).collect(),
        Some((kinds, [])) => kinds.split(',').map(canonical_kind).collect(),
        Some((kinds, names)) => kinds
            .split(',')
            .map(canonical_kind)
            .flat_map(|kind| names.iter().map(move |name| format!("{kind}/{name}")))
            .collect(),
    };
    objects.sort_unstable();
    let mut pairs: Vec<String> = pairs.into_iter().cloned().collect();
    pairs.sort_unstable();
    objects.extend(pairs);
    objects
}

/// `TYPE/NAME` with the type's one name; a bare name is one of `kind`, or where that is empty a type.
fn named(object: &str, kind: &str) -> String {
    match object.split_once('/') {
        Some((kind, name)) => format!("{}/{name}", canonical_kind(kind)),
        None if kind.is_empty() => canonical_kind(object),
        None => format!("{kind}/{object}"),
    }
}

/// The one name of a type: `pod` for `po`, `pods` and `Pod`, `deployment` for `deployments.apps`.
fn canonical_kind(kind: &str) -> String {
    let kind = kind.to_lowercase();
    let (head, group) = kind.split_once('.').map_or((kind.as_str(), ""), |(head, group)| (head, group));
    let is_one = |one: &str| {
        head.strip_prefix(one).is_some_and(|ending| matches!(ending, "" | "s" | "es"))
            || one.strip_suffix('y').is_some_and(|stem| head.strip_suffix("ies") == Some(stem))
    };
    match KINDS.iter().find(|(one, short)| is_one(one) || short.contains(&head)) {
        Some((one, _)) => (*one).to_owned(),
        None if group.is_empty() => singular(head).to_owned(),
        None => format!("{}.{group}", singular(head)),
    }
}

/// Brings the values of flags to one form: lists that are sets, paths written in more than one way.
pub(super) fn canonical_flags(flags: &mut BTreeMap<String, Vec<String>>) {
    for (name, values) in flags {
        match name.as_str() {
            "selector" | "field-selector" | "labels" => {
                for value in values.iter_mut().filter(|value| !value.contains('(')) {
                    let mut parts: Vec<String> = value.split(',').map(|part| part.trim().replace("==", "=")).collect();
                    parts.sort_unstable();
                    *value = parts.join(",");
                }
            }
            "verb" | "filename" | "label-columns" => *values = split(values).collect(),
            "resource" => *values = split(values).map(|kind| named(&kind, "")).collect(),
            "sort-by" => values
                .iter_mut()
                .for_each(|path| *path = path.trim_matches(['{', '}']).trim_start_matches('.').to_owned()),
            "output" => values.iter_mut().for_each(|value| *value = canonical_output(value)),
            // A condition's name may be written in any case.
            "for" => values.iter_mut().for_each(|value| *value = value.to_lowercase()),
            _ => {}
        }
    }
}

/// `jsonpath={.data.key}` for `{ .data.key }`, `{$.data.key}` and `{.data['key']}`.
fn canonical_output(output: &str) -> String {
    let Some(path) = output.strip_prefix("jsonpath=") else { return output.to_owned() };
    let path = path.replace("{ ", "{").replace(" }", "}").replace("{$", "{").replace("{@", "{");
    let path = path.replace("['", ".").replace("[\"", ".").replace("']", "").replace("\"]", "");
    format!("jsonpath={path}")
}

fn split(values: &[String]) -> impl Iterator<Item = String> {
    values.iter().flat_map(|value| value.split(',')).map(str::to_owned)
}
