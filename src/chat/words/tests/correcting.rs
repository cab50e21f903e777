//! Disputes, corrections, bars and voids in words.

use super::*;
use crate::{
    chat::words::{
        CONTENT, corrections,
        disputes::{self, CaseView},
        players,
    },
    quiz::{
        correction::{Accepted, CannotAccept},
        id::{CaseId, ChannelId},
    },
};

fn case<'a>(asked: &'a Asked, answer: &'a str, reasons: &'a [String]) -> CaseView<'a> {
    let disputes = reasons.iter().map(|reason| ("ana", reason.as_str())).collect();
    CaseView { id: CaseId(3), round: RoundId(17), asked, answer, disputes, holds: true }
}

/// Whatever people wrote, all of it fits a message of any face, and none of it becomes markup.
#[test]
fn cases_fit_a_message() {
    let (long, reasons) = ("*x* @everyone ".repeat(300), vec!["<b>`_so_` ".repeat(300); 9]);
    let mut asked = choice();
    asked.ask.clone_from(&long);
    let view = case(&asked, &long, &reasons);
    let text = disputes::list(&vec![view.clone(); 9]).text;
    assert!(text.chars().count() <= CONTENT, "{}", text.chars().count());
    let text = disputes::for_hosts(&ChannelId::new("web:daily-quiz"), &view);
    assert!(text.chars().count() <= CONTENT, "{}", text.chars().count());
    assert!(!text.contains("<b>") || text.contains("\\<b"), "{text}");
    let accepted = Accepted { answer: long.clone(), item: Some(long.clone()) };
    for text in [
        corrections::posted(&asked, RoundId(17), &accepted, 3, Some("https://example.org/")),
        disputes::told_accepted(&asked, RoundId(17), Some(Points(10)), Some(&long)),
        disputes::told_refused(&asked, RoundId(17), Some(&long)),
        corrections::cannot(&CannotAccept::NoOption(vec!["x".repeat(150); 9]), &long).text,
        disputes::decided(CaseId(3), true, Some(&long)).text,
        players::told_barred(&long),
    ] {
        assert!(text.chars().count() <= CONTENT, "{text}");
    }
}

#[test]
fn what_waits_is_said_before_the_reply() {
    let reply = players::with_notices(&["One.".into(), "Two.".into()], Reply::private("You have no points."));
    assert_eq!(reply.text, "📬 One.\n\n📬 Two.\n\nYou have no points.");
}
