use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::{
    chat::{
        Field,
        command::{COMMANDS, Command, definition::spec},
        slack::{limits, pressed::State},
    },
    quiz::id::ChannelId,
};

/// The view as JSON, which Slack would take.
fn sent(view: &SlackView) -> Value {
    let view = serde_json::to_value(view).expect("a view is JSON");
    assert_eq!(view["type"], "modal");
    limits::length(&view["title"]["text"], 1, 24);
    for button in ["close", "submit"].into_iter().filter_map(|name| view.get(name)) {
        limits::length(&button["text"], 1, 24);
    }
    for (name, most) in [("callback_id", 255), ("private_metadata", 3_000)] {
        if let Some(text) = view.get(name) {
            limits::length(text, 1, most);
        }
    }
    let blocks = view["blocks"].as_array().expect("blocks");
    assert!(view.get("submit").is_some() || blocks.iter().all(|block| block["type"] != "input"), "a form is submitted");
    limits::check(&view["blocks"], BLOCKS, None);
    view
}

fn asked(words: &str, given: &[(&str, &str)], offers: &[&str]) -> Value {
    let given = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let offers = |_: &Opt| offers.iter().map(|offer| (*offer).to_owned()).collect();
    sent(&command(&Lacking { spec: spec(words).expect("a command"), given }, None, offers, "C1"))
}

fn element<'v>(view: &'v Value, name: &str) -> &'v Value {
    let blocks = view["blocks"].as_array().expect("blocks");
    &blocks.iter().find(|block| block["block_id"] == name).expect("a field")["element"]
}

#[test]
fn an_answer_is_one_long_field() {
    let answer = ControlId::Form(RoundId(17)).form().expect("a form");
    let view = sent(&form(&answer, "C1 7.1"));
    assert_eq!((&view["callback_id"], &view["private_metadata"]), (&json!("f:17"), &json!("C1 7.1")));
    let field = &view["blocks"][0];
    assert_eq!((&field["block_id"], &field["optional"]), (&json!("answer"), &json!(false)));
    assert_eq!((&field["element"]["type"], &field["element"]["multiline"]), (&json!("plain_text_input"), &json!(true)));
}

#[test]
fn every_command_can_be_asked_by_a_form() {
    for spec in COMMANDS {
        let view = asked(&spec.words.join(" "), &[], &["one", "two"]);
        let id = ControlId::try_from(view["callback_id"].as_str().unwrap_or_default().to_owned());
        assert_eq!(id, Ok(ControlId::Command(spec.words.join(" "))));
        let fields = view["blocks"].as_array().map_or(0, Vec::len) - 1;
        assert_eq!(fields, spec.options.len(), "{}", spec.line());
        for option in spec.options {
            let block =
                view["blocks"].as_array().expect("blocks").iter().find(|block| block["block_id"] == option.name);
            assert_eq!(block.expect("a field")["optional"], !option.required, "{}", option.name);
        }
    }
}

#[rstest]
#[case::number("kquiz leaderboard", "page", "3", json!({"type": "number_input", "is_decimal_allowed": false, "initial_value": "3", "min_value": "1", "max_value": "100000"}))]
#[case::no_number("kquiz leaderboard", "page", "x", json!({"type": "number_input", "is_decimal_allowed": false, "min_value": "1", "max_value": "100000"}))]
#[case::any_number("kquiz round show", "round", "", json!({"type": "number_input", "is_decimal_allowed": false, "min_value": "1"}))]
#[case::day("kquiz season start", "ends", "2026-12-24", json!({"type": "datepicker", "initial_date": "2026-12-24"}))]
#[case::a_short_day("kquiz season start", "ends", "2026-1-5", json!({"type": "datepicker", "initial_date": "2026-01-05"}))]
#[case::no_day("kquiz season start", "ends", "2026-13-24", json!({"type": "datepicker"}))]
#[case::channel("kquiz schedule add", "channel", "<#C1|general>", json!({"type": "conversations_select", "initial_conversation": "C1", "filter": {"include": ["public", "private"]}}))]
#[case::channel_by_name("kquiz schedule add", "channel", "#general", json!({"type": "plain_text_input", "initial_value": "#general", "multiline": false, "max_length": 2000}))]
#[case::channels("kquiz season start", "channels", "<#C1>, <#C2|x>", json!({"type": "multi_conversations_select", "initial_conversations": ["C1", "C2"], "filter": {"include": ["public", "private"]}}))]
#[case::people("kquiz settings hosts", "add", "<@U1|ana> <@U2>", json!({"type": "multi_users_select", "initial_users": ["U1", "U2"]}))]
#[case::a_group("kquiz settings hosts", "add", "<@U1> <!subteam^S1|@ops>", json!({"type": "plain_text_input", "initial_value": "<@U1> <!subteam^S1|@ops>", "multiline": false, "max_length": 2000}))]
#[case::file("kquiz deck add", "file", "", json!({"type": "file_input", "max_files": 1}))]
#[case::name("kquiz schedule add", "name", "daily", json!({"type": "plain_text_input", "initial_value": "daily", "multiline": false, "max_length": 2000}))]
#[case::unknown("kquiz schedule pause", "name", "weekly", json!({"type": "plain_text_input", "initial_value": "weekly", "multiline": false, "max_length": 2000}))]
fn each_kind_has_its_field(#[case] words: &str, #[case] option: &str, #[case] given: &str, #[case] mut field: Value) {
    field["action_id"] = json!(option);
    assert_eq!(element(&asked(words, &[(option, given)], &["daily"]), option), &field);
}

#[test]
fn what_is_known_is_a_menu_and_what_is_too_much_is_typed() {
    let pause = |offers: &[&str]| element(&asked("kquiz schedule pause", &[("name", "Daily")], offers), "name").clone();
    let menu = pause(&["daily", "weekly", "daily"]);
    assert_eq!((&menu["type"], &menu["initial_option"]["value"]), (&json!("static_select"), &json!("daily")));
    assert_eq!(menu["options"].as_array().map(Vec::len), Some(2));
    assert_eq!(pause(&[])["type"], "plain_text_input");
    let many: Vec<String> = (0..101).map(|number| number.to_string()).chain(["daily".into()]).collect();
    assert_eq!(pause(&many.iter().map(String::as_str).collect::<Vec<_>>())["type"], "plain_text_input");
    assert_eq!(pause(&["daily", &"x".repeat(151)])["type"], "plain_text_input");
    assert_eq!(pause(&["daily", &"x".repeat(150)])["type"], "static_select");
    let on = asked("kcard", &[("public", "TRUE")], &[]);
    assert_eq!(element(&on, "public")["initial_options"][0]["value"], "yes");
    assert_eq!(element(&asked("kcard", &[], &[]), "public").get("initial_options"), None);
}

#[test]
fn a_submission_reads_as_the_command() {
    let state: State = serde_json::from_value(json!({"values": {
        "name": {"name": {"type": "plain_text_input", "value": "Autumn Cup"}},
        "ends": {"ends": {"type": "datepicker", "selected_date": "2026-12-24"}},
        "channels": {"channels": {"type": "multi_conversations_select", "selected_conversations": ["C1", "C2"]}},
    }}))
    .expect("a state");
    let channel = |id: &str| ChannelId::new(format!("slack:{id}"));
    assert_eq!(
        Command::from_options("kquiz season start", &values(&state), "slack"),
        Ok(Command::SeasonStart {
            name: "Autumn Cup".into(),
            ends: jiff::civil::date(2026, 12, 24),
            channels: vec![channel("C1"), channel("C2")],
        })
    );
}

#[test]
fn every_field_is_read_back_and_what_is_empty_is_not_there() {
    let option = |value: &str| json!({"text": {"type": "plain_text", "text": "?"}, "value": value});
    let state: State = serde_json::from_value(json!({"values": {
        "a": {"a": {"type": "static_select", "selected_option": option("daily")}},
        "b": {"b": {"type": "checkboxes", "selected_options": [option("yes")]}},
        "c": {"c": {"type": "conversations_select", "selected_conversation": "C1"}},
        "d": {"d": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
        "e": {"e": {"type": "number_input", "value": "3"}},
        "f": {"f": {"type": "checkboxes", "selected_options": []}},
        "g": {"g": {"type": "plain_text_input", "value": null}},
        "h": {"h": {"type": "static_select", "selected_option": null}},
        "i": {"i": {"type": "multi_users_select", "selected_users": []}},
    }}))
    .expect("a state");
    let read = values(&state);
    let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(read, [("a", "daily"), ("b", "yes"), ("c", "<#C1>"), ("d", "<@U1>, <@U2>"), ("e", "3")]);
}

#[test]
fn a_shortcut_leads_everywhere() {
    let ids = |open| {
        let view = sent(&shortcut(open, "C1 7.1"));
        assert_eq!((&view["callback_id"], &view["private_metadata"]), (&json!("line"), &json!("C1 7.1")));
        assert_eq!(view["blocks"][1]["element"]["action_id"], LINE);
        let buttons = view["blocks"][0]["elements"].as_array().cloned().unwrap_or_default();
        buttons.iter().map(|button| button["action_id"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(None), ["r:kcard", "r:kquiz mine", "r:kquiz leaderboard", "r:kquiz help"]);
    assert_eq!(ids(Some(RoundId(17)))[0], "f:17");
}

#[test]
fn what_was_told_keeps_its_place() {
    let view = sent(&told(&Reply::private("**In.**"), &|_| None, "C1"));
    assert_eq!((&view["private_metadata"], view.get("submit")), (&json!("C1"), None));
    assert_eq!(sent(&told(&Reply::private("In."), &|_| None, &"x".repeat(3_001))).get("private_metadata"), None);
    sent(&wait());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_the_words_are_the_limits_are_kept(
        words in limits::hostile(),
        given in limits::hostile_line(),
        at in 0..COMMANDS.len(),
        offers in prop::collection::vec("\\PC{0,160}", 0..110),
    ) {
        let spec = &COMMANDS[at];
        let given = spec.options.iter().map(|option| (option.name.to_owned(), given.clone())).collect();
        sent(&command(&Lacking { spec, given }, None, |_| offers.clone(), &words));
        let field = |number: usize| Field {
            name: format!("field{number}"),
            label: words.clone(),
            hint: words.clone(),
            value: words.clone(),
            long: true,
            file: number == 2,
            optional: true,
        };
        let spec = FormSpec { id: words.clone(), title: words.clone(), fields: (0..3).map(field).collect() };
        let view = serde_json::to_value(form(&spec, &words)).expect("a view is JSON");
        limits::length(&view["title"]["text"], 1, 24);
        for block in view["blocks"].as_array().expect("blocks") {
            limits::length(&block["label"]["text"], 1, 2_000);
        }
        sent(&told(&Reply::private(words), &|_| None, ""));
    }
}
