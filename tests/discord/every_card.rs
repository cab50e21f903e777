//! Every question of the decks in the binary as Discord is sent it, against its contract and its documented limits.

use std::collections::{BTreeMap, BTreeSet};

use kcard::chat::discord::{body, reply_body};
use serde_json::Value;

use crate::{
    contract,
    shown::{self, Shown},
};

#[test]
fn every_card_is_within_discords_limits_and_nothing_of_it_is_cut() {
    for Shown { asked, question, ending, reveal, card, answer } in shown::every() {
        for post in [&question, &ending, &reveal] {
            let body = body(post);
            let wrong = contract::check("POST", &["channels", "7", "messages"], &BTreeMap::new(), &body);
            assert!(wrong.is_empty(), "{}: {wrong:?}", asked.card);
            within_limits(&body).unwrap_or_else(|wrong| panic!("{}: {wrong}: {body:#}", asked.card));
        }
        for reply in [&card, &answer] {
            let body = reply_body(reply);
            let wrong = contract::check("POST", &["interactions", "7", "token", "callback"], &BTreeMap::new(), &body);
            assert!(wrong.is_empty(), "{}: {wrong:?}", asked.card);
            within_limits(&body["data"]).unwrap_or_else(|wrong| panic!("{}: {wrong}: {body:#}", asked.card));
        }
    }
}

/// What Discord's documentation says beside its contract ("Message", "Embed Limits", "Component Reference").
fn within_limits(body: &Value) -> Result<(), String> {
    let content = body["content"].as_str().ok_or("there are no words")?;
    if content.is_empty() || content.chars().count() > 2_000 {
        return Err(format!("the words have {} characters", content.chars().count()));
    }
    let all_text: usize = list(&body["embeds"]).map(text_of).sum();
    if all_text > 6_000 {
        return Err(format!("the embeds have {all_text} characters"));
    }
    let rows: Vec<Vec<&Value>> = list(&body["components"]).map(|row| list(&row["components"]).collect()).collect();
    if rows.len() > 5 || rows.iter().any(|row| row.is_empty() || row.len() > 5) {
        return Err("there are too many rows, or buttons in one".into());
    }
    let mut ids = BTreeSet::new();
    for control in rows.into_iter().flatten() {
        let id = control["custom_id"].as_str().unwrap_or_default();
        if id.is_empty() || id.chars().count() > 100 || !ids.insert(id) {
            return Err(format!("the id `{id}` is too long or comes twice"));
        }
        let labels = list(&control["options"]).map(|option| (&option["label"], 100)).chain([(&control["label"], 80)]);
        for (label, most) in labels.filter(|(label, _)| !label.is_null()) {
            let label = label.as_str().unwrap_or_default();
            if label.is_empty() || label.chars().count() > most || label.ends_with('…') {
                return Err(format!("`{label}` is too long, or cut"));
            }
        }
    }
    Ok(())
}

/// The characters of all texts of an embed.
fn text_of(embed: &Value) -> usize {
    match embed {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.iter().map(text_of).sum(),
        Value::Object(fields) => fields.values().map(text_of).sum(),
        _ => 0,
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[test]
fn what_breaks_a_limit_is_found() {
    let Some(Shown { question, .. }) = shown::every().find(|shown| shown.asked.options().len() == 4) else {
        panic!("a question with four options")
    };
    let right = body(&question);
    assert_eq!(within_limits(&right), Ok(()));
    let breaks: [fn(&mut Value); 6] = [
        |body| body["content"] = "x".repeat(2_001).into(),
        |body| body["embeds"][0]["fields"][0]["value"] = "x".repeat(6_000).into(),
        |body| body["components"][0]["components"][0]["label"] = "1. cut…".into(),
        |body| body["components"][0]["components"][0]["label"] = "x".repeat(81).into(),
        |body| body["components"][0]["components"][1] = body["components"][0]["components"][0].clone(),
        |body| body["components"] = vec![body["components"][0].clone(); 6].into(),
    ];
    for (number, break_it) in breaks.iter().enumerate() {
        let mut body = right.clone();
        break_it(&mut body);
        assert!(within_limits(&body).is_err(), "{number}");
    }
}
