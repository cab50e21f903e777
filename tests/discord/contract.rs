//! Discord's published description of its API, and whether what the bot sends fits it. `DISCORD_OPENAPI` names the file.
//!
//! The description is checked against as it stands, but for two fields that Discord's documentation and Discord itself take in
//! another shape than the description says; see [`as_described`].

use std::{
    collections::{BTreeMap, HashMap},
    env, fs,
    io::{self, Write as _},
    sync::{Arc, Mutex, OnceLock},
};

use jsonschema::Validator;
use serde_json::{Value, json};

/// The description, and the validators that were needed so far: to build one takes a moment.
struct Contract {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// Fields that Discord's documentation has and its description has not.
const DOCUMENTED: [&str; 1] = ["nsfw"];

/// What is wrong with a request; nothing where no description is at hand. `path` is what stands below `/api/v10`.
pub fn check(method: &str, path: &[&str], query: &BTreeMap<String, String>, body: &Value) -> Vec<String> {
    contract().map_or_else(Vec::new, |contract| contract.check(method, path, query, body))
}

/// Whether there is a description to check against.
pub fn is_at_hand() -> bool {
    contract().is_some()
}

fn contract() -> Option<&'static Contract> {
    static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
    let load = || {
        let Ok(file) = env::var("DISCORD_OPENAPI") else {
            // Not `eprintln!`, which is kept back while the test passes.
            writeln!(io::stderr(), "skipped: the check against Discord's contract, because DISCORD_OPENAPI is not set")
                .ok();
            return None;
        };
        let text = fs::read_to_string(&file).expect("the file of DISCORD_OPENAPI can be read");
        let document = serde_json::from_str(&text).expect("the file of DISCORD_OPENAPI is JSON");
        Some(Contract { document, validators: Mutex::default() })
    };
    CONTRACT.get_or_init(load).as_ref()
}

impl Contract {
    fn check(&self, method: &str, path: &[&str], query: &BTreeMap<String, String>, body: &Value) -> Vec<String> {
        let asked = format!("{method} /{}", path.join("/"));
        let Some((template, item)) = self.template(path) else {
            return vec![format!("{asked}: the contract has no such path")];
        };
        let operation = &item[method.to_lowercase()];
        if operation.is_null() {
            return vec![format!("{asked}: the contract has no such method on {template}")];
        }
        let mut wrong = Vec::new();
        let parameters = [&item["parameters"], &operation["parameters"]];
        let known = |name: &str| {
            let mut listed = parameters.iter().flat_map(|listed| listed.as_array().into_iter().flatten());
            listed.any(|parameter| parameter["in"] == "query" && parameter["name"] == name)
        };
        wrong.extend(
            query
                .keys()
                .filter(|name| !known(name))
                .map(|name| format!("{asked}: the contract has no `{name}` in the query")),
        );
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        match (schema.is_null(), body.is_null()) {
            (true, true) => {}
            (true, false) => wrong.push(format!("{asked}: the contract has no body here")),
            (false, true) => {
                if operation["requestBody"]["required"] == true {
                    wrong.push(format!("{asked}: the contract wants a body"));
                }
            }
            (false, false) => {
                let body = as_described(body.clone());
                let validator = self.validator(&format!("{method} {template}"), schema);
                wrong.extend(
                    validator
                        .iter_errors(&body)
                        .map(|error| format!("{asked}: {} in the body: {error}", error.instance_path())),
                );
                self.unknown_fields(&[schema], &body, "", &mut |field| {
                    wrong.push(format!("{asked}: the contract has no field {field}"));
                });
            }
        }
        wrong
    }

    /// The path template that fits, the one with the most steps that are equal first: `@me` before `{user_id}`.
    fn template(&self, path: &[&str]) -> Option<(&str, &Value)> {
        let equal = |template: &str| -> Option<usize> {
            let steps: Vec<&str> = template.trim_start_matches('/').split('/').collect();
            let fits = steps.len() == path.len()
                && steps.iter().zip(path).all(|(step, part)| step.starts_with('{') || step == part);
            fits.then(|| steps.iter().zip(path).filter(|(step, part)| step == part).count())
        };
        let paths = self.document["paths"].as_object()?.iter();
        let fitting =
            paths.filter_map(|(template, item)| equal(template).map(|equal| (equal, template.as_str(), item)));
        fitting.max_by_key(|(equal, ..)| *equal).map(|(_, template, item)| (template, item))
    }

    fn validator(&self, operation: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("nobody panics while they hold this");
        let build = || {
            // The whole description is the schema's root, so that its references find what they name.
            let root = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema", "components": self.document["components"], "allOf": [schema],
            });
            let validator = jsonschema::options().should_validate_formats(true).build(&root);
            Arc::new(validator.expect("the description is a schema"))
        };
        Arc::clone(validators.entry(operation.to_owned()).or_insert_with(build))
    }

    /// Fields that none of the alternatives knows. The description forbids none, and Discord ignores them: they are misspelt.
    fn unknown_fields(&self, schemas: &[&Value], body: &Value, at: &str, tell: &mut dyn FnMut(String)) {
        let mut all = Vec::new();
        for schema in schemas {
            self.alternatives(schema, &mut all);
        }
        match body {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let known: Vec<&Value> = all.iter().filter_map(|schema| schema["properties"].get(name)).collect();
                    let free = all.iter().any(|schema| schema["additionalProperties"].is_object());
                    let at = format!("{at}/{name}");
                    if known.is_empty() && !free && !DOCUMENTED.contains(&name.as_str()) {
                        tell(at);
                    } else {
                        self.unknown_fields(&known, value, &at, tell);
                    }
                }
            }
            Value::Array(items) => {
                let known: Vec<&Value> = all.iter().filter_map(|schema| schema.get("items")).collect();
                items
                    .iter()
                    .enumerate()
                    .for_each(|(n, item)| self.unknown_fields(&known, item, &format!("{at}/{n}"), tell));
            }
            _ => {}
        }
    }

    /// A schema and all that it refers to or chooses from.
    fn alternatives<'a>(&'a self, schema: &'a Value, all: &mut Vec<&'a Value>) {
        all.push(schema);
        if let Some(target) =
            schema["$ref"].as_str().and_then(|name| self.document.pointer(name.trim_start_matches('#')))
        {
            self.alternatives(target, all);
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            schema[choice].as_array().into_iter().flatten().for_each(|schema| self.alternatives(schema, all));
        }
    }
}

/// A body in the description's shape, where Discord takes another one as well: permissions as text (its documentation says so, the
/// description says integer), and the number of an uploaded file as a number (the description says snowflake).
fn as_described(mut body: Value) -> Value {
    let commands: Vec<&mut Value> = match &mut body {
        Value::Array(commands) => commands.iter_mut().collect(),
        command => vec![command],
    };
    for command in commands.into_iter().filter(|command| command.is_object()) {
        let needed = command["default_member_permissions"].as_str().and_then(|needed| needed.parse::<u64>().ok());
        if let Some(needed) = needed {
            command["default_member_permissions"] = json!(needed);
        }
        for place in ["/attachments", "/data/attachments"] {
            let files = command.pointer_mut(place).and_then(Value::as_array_mut);
            for file in files.into_iter().flatten() {
                if let Some(number) = file["id"].as_u64() {
                    file["id"] = json!(number.to_string());
                }
            }
        }
        if let Value::Object(fields) = command {
            // Looking a field up above made it, as null.
            fields.retain(|name, value| name != "default_member_permissions" || !value.is_null());
        }
    }
    body
}
