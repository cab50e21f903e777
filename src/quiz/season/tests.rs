use std::collections::BTreeSet;

use rstest::rstest;

use super::{Phase, Season, podium};
use crate::quiz::{
    id::{ChannelId, PlayerId, SeasonId, SpaceId},
    points::Points,
    standing::Standing,
};

fn season(channels: &[&str]) -> Season {
    Season {
        id: SeasonId(1),
        space: SpaceId::new("web"),
        name: "winter".to_owned(),
        starts: "2026-12-01T00:00:00Z".parse().unwrap(),
        ends: "2027-01-01T00:00:00Z".parse().unwrap(),
        channels: channels.iter().copied().map(ChannelId::new).collect::<BTreeSet<_>>(),
        frozen: None,
    }
}

#[rstest]
#[case("2026-11-30T23:59:59.999Z", Phase::Planned)]
#[case("2026-12-01T00:00:00Z", Phase::Running)]
#[case("2026-12-31T23:59:59.999Z", Phase::Running)]
#[case("2027-01-01T00:00:00Z", Phase::Ended)]
fn a_season_runs_from_its_start_to_before_its_end(#[case] now: &str, #[case] phase: Phase) {
    assert_eq!(season(&[]).phase(now.parse().unwrap()), phase);
    assert_eq!(season(&[]).counts(&ChannelId::new("web:ops"), now.parse().unwrap()), phase == Phase::Running);
}

#[rstest]
#[case(&[], true)]
#[case(&["web:ops"], true)]
#[case(&["web:dev"], false)]
#[case(&["web:dev", "web:ops"], true)]
fn a_season_counts_its_channels_or_all(#[case] channels: &[&str], #[case] counts: bool) {
    let opened = "2026-12-24T09:00:00Z".parse().unwrap();
    assert_eq!(season(channels).counts(&ChannelId::new("web:ops"), opened), counts);
}

#[rstest]
#[case(&[], 0)]
#[case(&[1, 2, 3, 4], 3)]
#[case(&[1, 2, 2, 4], 3)]
#[case(&[1, 2, 3, 3, 3, 6], 5)]
#[case(&[1, 1, 1, 1], 4)]
fn who_shares_a_rank_shares_the_podium(#[case] ranks: &[i64], #[case] on_it: usize) {
    let standing = |rank: &i64| Standing {
        rank: *rank,
        player: PlayerId::new("web:ana"),
        name: "ana".to_owned(),
        points: Points(10),
        credit: 10_000,
        answered: 1,
    };
    let standings: Vec<Standing> = ranks.iter().map(standing).collect();
    assert_eq!(podium(&standings).len(), on_it);
}
