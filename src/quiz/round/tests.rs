use rstest::rstest;

use super::{
    OpenWay::{self, Buttons, Reactions, Replies},
    Style, Ways, WaysError,
};
use crate::quiz::{answer::Way, question::Kind};

fn ways(open: &[OpenWay]) -> Ways {
    Ways(open.iter().copied().collect())
}

#[rstest]
#[case(Style::Social, &[], Err(WaysError::None))]
#[case(Style::Contest, &[], Err(WaysError::None))]
#[case(Style::Social, &[Reactions], Ok(()))]
#[case(Style::Social, &[Buttons], Ok(()))]
#[case(Style::Social, &[Reactions, Replies, Buttons], Ok(()))]
#[case(Style::Contest, &[Buttons], Ok(()))]
#[case(Style::Contest, &[Reactions, Buttons], Err(WaysError::Seen("reactions")))]
#[case(Style::Contest, &[Replies], Err(WaysError::Seen("replies")))]
#[case(Style::Contest, &[Reactions, Replies, Buttons], Err(WaysError::Seen("reactions and replies")))]
fn what_cannot_be_is_refused(#[case] style: Style, #[case] open: &[OpenWay], #[case] checked: Result<(), WaysError>) {
    assert_eq!(ways(open).check(style), checked);
}

#[rstest]
#[case(Style::Social, &[Reactions, Replies, Buttons])]
#[case(Style::Contest, &[Buttons])]
fn a_style_has_its_own_ways(#[case] style: Style, #[case] open: &[OpenWay]) {
    assert_eq!(Ways::default_for(style), ways(open));
    assert_eq!(Ways::default_for(style).check(style), Ok(()));
}

#[rstest]
#[case(Reactions, &[Way::Reaction])]
#[case(Replies, &[Way::Reply])]
#[case(Buttons, &[Way::Button, Way::Menu, Way::Form])]
fn an_open_way_lets_its_own_in(#[case] open: OpenWay, #[case] let_in: &[Way]) {
    for way in [Way::Reaction, Way::Reply, Way::Button, Way::Menu, Way::Form] {
        assert_eq!(ways(&[open]).let_in(way), let_in.contains(&way), "{way:?}");
    }
}

#[rstest]
#[case(&[Reactions], &[Kind::Choice, Kind::Multiple])]
#[case(&[Replies], &Kind::ALL)]
#[case(&[Buttons], &Kind::ALL)]
#[case(&[Reactions, Buttons], &Kind::ALL)]
#[case(&[], &[])]
fn reactions_cannot_answer_what_is_typed(#[case] open: &[OpenWay], #[case] kinds: &[Kind]) {
    for kind in Kind::ALL {
        assert_eq!(ways(open).can_answer(kind), kinds.contains(&kind), "{kind:?}");
    }
}
