//! What stands in deploy/ and compose.yaml: that it parses, that containers and the service may do no more than they need, and that
//! dashboards, alerts and docs/operations.md speak of figures that there are, and of all of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kcard::measure::{ALL, Kind};
use serde_json::{Value, json};

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A YAML file's documents.
fn yaml(name: &str) -> Vec<Value> {
    let text = file(name);
    text.split("\n---\n")
        .map(|one| serde_saphyr::from_str(one).unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect()
}

/// The strings of a JSON value under keys of this name.
fn under<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get(key).and_then(Value::as_str));
            map.values().for_each(|value| under(value, key, found));
        }
        Value::Array(list) => list.iter().for_each(|value| under(value, key, found)),
        _ => {}
    }
}

/// The names of kcard's figures in an expression.
fn figures(expression: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    expression.split(|letter| !is_part(letter)).filter(|word| word.starts_with("kcard_")).collect()
}

/// Whether there is a figure of this name, as Prometheus sees it.
fn is_known(name: &str) -> bool {
    ALL.iter().any(|metric| match metric.kind {
        Kind::Duration => ["_bucket", "_sum", "_count"].iter().any(|end| name == format!("{}{end}", metric.name)),
        Kind::Counter | Kind::Gauge => name == metric.name,
    })
}

#[test]
fn names_follow_prometheus_conventions() {
    for metric in ALL {
        let (name, help) = (metric.name, metric.help);
        assert!(name.starts_with("kcard_") && help.ends_with('.'), "{name}: {help}");
        assert_eq!(name.ends_with("_total"), metric.kind == Kind::Counter, "{name}");
        assert!(metric.kind != Kind::Duration || name.ends_with("_seconds"), "{name}");
    }
}

#[test]
fn the_dashboard_shows_figures_that_there_are_and_all_of_them() {
    let dashboard: Value = serde_json::from_str(&file("deploy/grafana/kcard.json")).expect("JSON");
    let mut expressions = Vec::new();
    under(&dashboard, "expr", &mut expressions);
    under(&dashboard, "query", &mut expressions);
    let shown: BTreeSet<&str> = expressions.into_iter().flat_map(figures).collect();
    assert!(shown.iter().all(|name| is_known(name)), "{shown:?}");
    for metric in ALL {
        assert!(shown.iter().any(|name| name.starts_with(metric.name)), "{} is shown nowhere", metric.name);
    }
    let mut ids: Vec<i64> =
        dashboard["panels"].as_array().expect("panels").iter().filter_map(|one| one["id"].as_i64()).collect();
    let panels = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), panels);
}

#[test]
fn each_alert_asks_for_figures_that_there_are_and_leads_to_what_to_do() {
    let operations = file("docs/operations.md");
    let rules = yaml("deploy/prometheus/alerts.yaml").remove(0);
    let rules = rules["groups"][0]["rules"].as_array().expect("rules").clone();
    assert!(rules.len() >= 8);
    for rule in &rules {
        let name = rule["alert"].as_str().expect("a name");
        let expression = rule["expr"].as_str().expect("an expression");
        assert!(figures(expression).iter().all(|figure| is_known(figure)), "{name}: {expression}");
        assert!(expression.contains("kcard"), "{name}");
        assert!(["critical", "warning"].contains(&rule["labels"]["severity"].as_str().expect("a severity")), "{name}");
        assert!(rule["annotations"]["summary"].is_string(), "{name}");
        let leads = format!("docs/operations.md#{}", name.to_lowercase());
        assert_eq!(rule["annotations"]["runbook"], leads, "{name}");
        assert!(operations.contains(&format!("\n### {name}\n")), "docs/operations.md has no section {name}");
    }
    let explained = operations.lines().filter_map(|line| line.strip_prefix("### Kcard")).count();
    assert_eq!(explained, rules.len(), "docs/operations.md explains alerts that there are not");
}

#[test]
fn each_figure_is_explained_and_no_other() {
    let operations = file("docs/operations.md");
    for metric in ALL {
        let labels = if metric.labels.is_empty() { String::new() } else { format!("{{{}}}", metric.labels.join(",")) };
        let row = format!("| `{}{labels}` | {} |", metric.name, metric.help);
        assert!(operations.contains(&row), "docs/operations.md lacks the row\n{row}");
    }
    let named = figures(&operations);
    let unknown: Vec<_> =
        named.iter().filter(|name| !is_known(name) && !ALL.iter().any(|one| one.name == **name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The container runs as a user that is not root, with a root that it cannot write and without any capability.
#[test]
fn the_container_of_compose_may_do_no_more_than_it_needs() {
    let compose = yaml("compose.yaml").remove(0);
    let kcard = &compose["services"]["kcard"];
    assert_eq!(kcard["user"], "10001:10001");
    assert_eq!(kcard["read_only"], true);
    assert_eq!(kcard["cap_drop"], json!(["ALL"]));
    assert_eq!(kcard["security_opt"], json!(["no-new-privileges:true"]));
    assert_eq!([&kcard["cap_add"], &kcard["privileged"], &kcard["network_mode"], &kcard["pid"]], [&Value::Null; 4]);
    assert_eq!(kcard["volumes"], json!(["kcard-data:/data"]));
    assert_eq!(kcard["ports"], json!(["127.0.0.1:8420:8420"]), "this machine alone");
    assert_eq!(kcard["healthcheck"]["test"], json!(["CMD", "kcard", "health"]));
    assert_eq!(compose["services"]["postgres"]["profiles"], json!(["postgres"]), "only where it is wanted");
    let dockerfile = file("Dockerfile");
    assert!(dockerfile.contains("\nUSER 10001:10001\n") && dockerfile.contains("-o 10001 -g 10001 /data"));
}

#[test]
fn the_pod_may_do_no_more_than_it_needs() {
    let documents = yaml("deploy/kubernetes/kcard.yaml");
    let of = |kind: &str| documents.iter().find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"));
    let deployment = of("Deployment");
    assert_eq!(
        (&deployment["spec"]["replicas"], &deployment["spec"]["strategy"]["type"]),
        (&json!(1), &json!("Recreate"))
    );
    let pod = &deployment["spec"]["template"]["spec"];
    assert_eq!(pod["automountServiceAccountToken"], false);
    let context = &pod["securityContext"];
    assert_eq!((&context["runAsNonRoot"], &context["runAsUser"]), (&json!(true), &json!(10001)));
    assert_eq!(context["seccompProfile"]["type"], "RuntimeDefault");
    let container = &pod["containers"][0];
    let confined = json!({
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": true,
        "capabilities": { "drop": ["ALL"] },
    });
    assert_eq!(container["securityContext"], confined);
    for (probe, path) in [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")] {
        assert_eq!(container[probe]["httpGet"]["path"], path, "{probe}");
    }
    assert!(pod["terminationGracePeriodSeconds"].as_i64() >= Some(6), "a stop takes up to 5 s");
    let mounts = container["volumeMounts"].as_array().expect("mounts");
    let volumes = pod["volumes"].as_array().expect("volumes");
    assert!(mounts.iter().all(|mount| volumes.iter().any(|volume| volume["name"] == mount["name"])));
    let selector = &deployment["spec"]["selector"]["matchLabels"];
    assert_eq!(selector, &deployment["spec"]["template"]["metadata"]["labels"]);
    assert_eq!(selector, &of("Service")["spec"]["selector"]);
    let claim = &of("PersistentVolumeClaim")["metadata"]["name"];
    assert!(volumes.iter().any(|volume| &volume["persistentVolumeClaim"]["claimName"] == claim));
    let secret = yaml("deploy/kubernetes/secret.example.yaml").remove(0);
    assert_eq!(secret["metadata"]["name"], container["envFrom"][0]["secretRef"]["name"]);
    let kustomization = yaml("deploy/kubernetes/kustomization.yaml").remove(0);
    assert_eq!(kustomization["resources"], json!(["kcard.yaml"]), "an example secret is applied by nobody");
}

#[test]
fn the_configuration_in_the_manifest_is_one() {
    let documents = yaml("deploy/kubernetes/kcard.yaml");
    let text = documents[0]["data"]["kcard.toml"].as_str().expect("a configuration");
    let config = kcard::config::Config::parse(text, &PathBuf::from("kcard.toml"), kcard::config::Over::default());
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((config.log, config.schedules.len()), (kcard::config::LogFormat::Json, 1));
}

#[test]
fn the_service_is_confined() {
    let unit = file("deploy/systemd/kcard.service");
    for line in [
        "ExecStart=/usr/local/bin/kcard run",
        "DynamicUser=yes",
        "StateDirectory=kcard",
        "Environment=KCARD_DATA=/var/lib/kcard",
        "EnvironmentFile=-/etc/kcard/env",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "Restart=on-failure",
    ] {
        assert!(unit.lines().any(|one| one == line), "no `{line}`");
    }
    let stop =
        unit.lines().find_map(|line| line.strip_prefix("TimeoutStopSec=")).and_then(|wait| wait.parse::<u32>().ok());
    assert!(stop > Some(5), "a stop takes up to 5 s");
}
