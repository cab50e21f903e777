use rstest::rstest;
use serde_json::{Value, json};

use super::*;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every name, description and list within Discord's limits (developer documentation, "Application Commands"), at every depth.
fn check(part: &Value, depth: usize) {
    let name = part["name"].as_str().expect("a name");
    let plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
    assert!((1..=32).contains(&name.len()) && name.chars().all(plain), "{name}");
    let description = part["description"].as_str().expect("a description").chars().count();
    assert!((1..=100).contains(&description), "{name}: {description}");
    let parts = list(&part["options"]);
    assert!(parts.len() <= 25 && depth <= 3, "{name}");
    let required: Vec<bool> = parts.iter().map(|part| part["required"] == json!(true)).collect();
    assert!(required.is_sorted_by(|one, other| one >= other), "{name}: what is required comes first");
    assert!(part["choices"].as_array().is_none_or(|choices| choices.len() <= 25), "{name}");
    for part in parts {
        check(part, depth + 1);
    }
}

#[test]
fn the_commands_are_such_as_discord_takes() {
    let commands = all();
    let names: Vec<_> = commands.iter().map(|command| command["name"].clone()).collect();
    assert_eq!(names, ["kcard", "kquiz"]);
    for command in &commands {
        check(command, 0);
        assert_eq!(command["contexts"], json!([0, 1]), "in servers and in direct messages");
        assert_eq!(command["integration_types"], json!([0]));
    }
}

#[test]
fn every_command_of_the_table_is_there_with_all_its_options() {
    let commands = all();
    for spec in COMMANDS {
        let mut parts = &Value::Array(commands.clone());
        for word in spec.words {
            let found = parts.as_array().and_then(|parts| parts.iter().find(|part| part["name"] == *word));
            parts = &found.unwrap_or_else(|| panic!("{} is missing", spec.line()))["options"];
        }
        let names: Vec<_> = list(parts).iter().map(|option| option["name"].clone()).collect();
        // What is pasted has more than one line, which only a form keeps.
        let ours = spec.options.iter().filter(|option| option.kind != OptKind::Pasted);
        assert_eq!(names, ours.map(|option| option.name).collect::<Vec<_>>(), "{}", spec.line());
    }
}

#[test]
fn a_command_with_a_form_requires_nothing() {
    let schedule =
        all()[1]["options"].as_array().expect("a list").iter().find(|part| part["name"] == "schedule").cloned();
    let add = schedule.expect("a group")["options"][0].clone();
    assert_eq!((add["name"].clone(), add["options"][0]["required"].clone()), (json!("add"), Value::Null));
}

#[rstest]
#[case::as_written(json!({"name": "a", "options": []}), json!({"name": "a", "options": []}), true)]
#[case::defaults_left_out(json!({"name": "a", "options": [], "nsfw": false}), json!({"name": "a"}), true)]
#[case::fields_of_their_own(json!({"name": "a"}), json!({"id": "1", "version": "2", "name": "a"}), true)]
#[case::null(json!({"name_localizations": {}}), json!({"name_localizations": null}), true)]
#[case::numbers(json!({"max": 5}), json!({"max": 5.0}), true)]
#[case::another_text(json!({"description": "a"}), json!({"description": "b"}), false)]
#[case::one_more(json!([{"name": "a"}]), json!([{"name": "a"}, {"name": "b"}]), false)]
#[case::an_option_less(json!({"options": [{"name": "a"}]}), json!({"name": "a"}), false)]
#[case::required_now(json!({"required": true}), json!({}), false)]
fn what_is_there_already_is_not_written_again(#[case] ours: Value, #[case] theirs: Value, #[case] is_same: bool) {
    assert_eq!(same(&ours, &theirs), is_same);
}
