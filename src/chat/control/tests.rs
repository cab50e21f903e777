use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::chat::command::definition::COMMANDS;

/// Players' ids are far shorter than this.
fn cards() -> impl Strategy<Value = CardRef> {
    (any::<u32>(), any::<bool>(), any::<bool>(), "\\PC{0,80}").prop_map(|(mark, topic, deck, owner)| CardRef {
        owner: PlayerId::new(owner),
        mark,
        topic,
        deck,
    })
}

fn card() -> CardRef {
    CardRef { owner: PlayerId::new("web:ana"), mark: 7, topic: true, deck: false }
}

fn ids() -> impl Strategy<Value = ControlId> {
    prop_oneof![
        (any::<i64>(), any::<u8>()).prop_map(|(round, option)| ControlId::Option(RoundId(round), option)),
        any::<i64>().prop_map(|round| ControlId::Menu(RoundId(round))),
        any::<i64>().prop_map(|round| ControlId::Form(RoundId(round))),
        (any::<u8>(), cards()).prop_map(|(option, card)| ControlId::CardOption(option, card)),
        cards().prop_map(ControlId::CardMenu),
        cards().prop_map(ControlId::CardForm),
        cards().prop_map(ControlId::CardShow),
        any::<i64>().prop_map(|schedule| ControlId::AskNow(ScheduleId(schedule))),
        any::<i64>().prop_map(|round| ControlId::Dispute(RoundId(round))),
        any::<i64>().prop_map(|case| ControlId::Accept(CaseId(case))),
        any::<i64>().prop_map(|case| ControlId::Refuse(CaseId(case))),
        "\\PC{0,98}".prop_map(ControlId::Command),
        "\\PC{0,98}".prop_map(ControlId::Run),
    ]
}

proptest! {
    #[test]
    fn an_id_comes_back_from_its_text(id in ids()) {
        let text = String::from(id.clone());
        prop_assert!(text.chars().count() <= 100);
        prop_assert_eq!(ControlId::try_from(text), Ok(id));
    }

    #[test]
    fn any_other_text_is_refused_or_the_text_of_what_it_gives(text in "[acdfkmnorsx]{0,2}:?[0-9:+-]{0,6}") {
        if let Ok(id) = ControlId::try_from(text.clone()) {
            prop_assert_eq!(String::from(id), text);
        }
    }
}

#[rstest]
#[case("")]
#[case("a:17")]
#[case("a:17:256")]
#[case("a:017:1")]
#[case("km:")]
#[case("ks:7:t-:web:ana")]
#[case("ks:00000007:td")]
#[case("ks:00000007:xx:web:ana")]
#[case("z:1")]
#[case("r")]
fn what_is_no_id_is_refused(#[case] text: &str) {
    assert_eq!(ControlId::try_from(text.to_owned()), Err(BadControl));
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    assert_eq!(ControlId::try_from(format!("r:{}", "x".repeat(99))), Err(BadControl));
}

#[test]
fn forms_keep_to_the_limits_of_discord() {
    let commands = COMMANDS.iter().map(|spec| ControlId::Command(spec.words.join(" ")));
    let answers = [ControlId::Form(RoundId(i64::MAX)), ControlId::CardForm(card())];
    let case = CaseId(i64::MAX);
    let disputes = [ControlId::Dispute(RoundId(i64::MAX)), ControlId::Accept(case), ControlId::Refuse(case)];
    for id in commands.chain(answers).chain(disputes) {
        let Some(form) = id.form() else { continue };
        assert_eq!(ControlId::try_from(form.id.clone()), Ok(id));
        assert!((1..=45).contains(&form.title.chars().count()), "{form:?}");
        assert!((1..=5).contains(&form.fields.len()), "{form:?}");
        for field in &form.fields {
            assert!((1..=45).contains(&field.label.chars().count()), "{field:?}");
            assert!(!field.label.ends_with('…'), "{field:?}");
            assert!(field.hint.chars().count() <= 100, "{field:?}");
        }
    }
}

#[test]
fn the_form_of_a_new_schedule_asks_for_what_it_needs() {
    let form = ControlId::Command("kquiz schedule add".into()).form().expect("it has options");
    assert_eq!(form.title, "New schedule");
    let fields: Vec<(&str, &str, bool)> =
        form.fields.iter().map(|field| (field.name.as_str(), field.label.as_str(), field.optional)).collect();
    assert_eq!(
        fields,
        [
            ("name", "Name", false),
            ("at", "When", false),
            ("timezone", "Time zone", true),
            ("deck", "Deck", true),
            ("window", "How long each is open", true),
        ]
    );
}

#[test]
fn what_opens_no_form_has_none() {
    for id in [ControlId::Menu(RoundId(1)), ControlId::CardShow(card()), ControlId::Command("kquiz nothing".into())] {
        assert_eq!(id.form(), None);
    }
}
