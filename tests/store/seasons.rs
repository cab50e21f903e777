//! Seasons: what counts for them, and how they are frozen.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use kcard::{
    quiz::{
        id::{ChannelId, SeasonId},
        standing::Period,
    },
    store::{SeasonError, What},
};

use crate::{
    kit::{Kit, channel, choice, later, now, player, rules, settle, space},
    on_both,
};

async fn season(kit: &Kit, name: &str, minutes: (i64, i64), channels: &[ChannelId]) -> SeasonId {
    let channels: BTreeSet<_> = channels.iter().cloned().collect();
    kit.store.add_season(&space(), name, later(minutes.0), later(minutes.1), &channels).await.expect("added")
}

async fn players(kit: &Kit, id: SeasonId) -> i64 {
    let key = Period::Season(id).key(now(), &TimeZone::UTC);
    kit.store.board(&space(), &key, 0, 10, None).await.expect("read").players
}

on_both! {
    /// A season is stored whole, the newest first; its name is used once.
    async fn a_season_has_a_name_of_its_own(kit: Kit) {
        let first = season(&kit, "autumn", (0, 10), &[channel()]).await;
        let second = season(&kit, "winter", (10, 20), &[]).await;
        let taken = kit.store.add_season(&space(), "autumn", now(), later(9), &BTreeSet::new()).await;
        assert!(matches!(taken, Err(SeasonError::NameTaken(name)) if name == "autumn"));
        let seasons = kit.store.seasons(&space()).await.expect("read");
        assert_eq!(seasons.iter().map(|one| one.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!((seasons[1].starts, seasons[1].ends, seasons[1].frozen), (now(), later(10), None));
        assert_eq!(seasons[1].channels, BTreeSet::from([channel()]));
    }

    /// A round counts for every season that runs when it opens, and covers its channel.
    async fn a_round_counts_for_the_seasons_it_opens_in(kit: Kit) {
        let elsewhere = ChannelId::new("web:elsewhere");
        let here = season(&kit, "here", (0, 10), &[channel()]).await;
        let anywhere = season(&kit, "anywhere", (-5, 1), &[]).await;
        let there = season(&kit, "there", (0, 10), &[elsewhere]).await;
        let over = season(&kit, "over", (-5, 0), &[]).await;
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        kit.close(round).await;
        for (id, expected) in [(here, 1), (anywhere, 1), (there, 0), (over, 0)] {
            assert_eq!(players(&kit, id).await, expected, "{id:?}");
        }
        kit.verified().await;
    }

    /// A season waits for its last round, then is frozen once, with its podium told in each channel.
    async fn a_season_is_frozen_once(kit: Kit) {
        let id = season(&kit, "autumn", (0, 30), &[]).await;
        let round = kit.open_choice().await;
        for (name, option) in [("ana", 2), ("bo", 2), ("cy", 1), ("di", 2)] {
            kit.presses(name, round, option).await;
        }
        kit.store.hide(&player("di"), true).await.expect("hidden");
        let due = async || kit.store.seasons_to_freeze(later(30)).await.expect("read").len();
        assert_eq!(kit.store.seasons_to_freeze(later(29)).await.expect("read"), []);
        assert_eq!(due().await, 0, "its round is open");
        kit.close(round).await;
        kit.send_all(later(60)).await;
        assert_eq!(due().await, 1);

        let channels = [channel(), ChannelId::new("web:elsewhere")];
        let freeze = async || {
            kit.store.freeze_season(id, &channels, later(61)).await.expect("frozen")
        };
        assert!(freeze().await);
        assert!(!freeze().await);
        assert_eq!(due().await, 0);
        let waiting = async || kit.claim(later(90)).await.into_iter().map(|parcel| parcel.what).collect::<Vec<_>>();
        assert_eq!(waiting().await, [What::Podium(id), What::Podium(id)]);
        let podium = async || {
            let podium = kit.store.podium(id).await.expect("read").expect("it is frozen");
            let best: Vec<_> = podium.best.iter().map(|one| format!("{} {}", one.rank, one.name)).collect();
            format!("{}: {} of {}", podium.season, best.join(", "), podium.players)
        };
        assert_eq!(podium().await, "autumn: 1 ana, 1 bo, 3 cy of 3");
        kit.send_all(later(120)).await;
        assert_eq!(kit.store.seasons(&space()).await.expect("read")[0].frozen, Some(later(61)));

        kit.store.see(&player("ana"), "Zoe", later(62)).await.expect("seen");
        kit.store.hide(&player("bo"), true).await.expect("hidden");
        let edits = kit.count(&format!("outbox WHERE kind = 'amended' AND season = {}", id.0)).await;
        assert_eq!((edits, podium().await.as_str()), (2, "autumn: 1 ana, 3 cy of 3"), "one in each channel");
        assert!(kit.store.podium_message(id, &channels[1]).await.expect("read").is_some());
        // What closes later, and who comes later, is not of this season any more.
        kit.sql("UPDATE standings SET points = 99").await;
        let frozen = kit.store.frozen_board(id, 0, 10, Some(&player("bo"))).await.expect("read");
        let own = frozen.own.expect("who is hidden sees their own");
        assert_eq!((own.rank, own.name.as_str(), own.points.0, frozen.players), (1, "bo", 10, 2));
        let rows: Vec<_> = frozen.rows.iter().map(|one| (one.rank, one.name.as_str(), one.points.0)).collect();
        assert_eq!(rows, [(1, "ana", 10), (3, "cy", 0)]);
        let last = kit.store.frozen_board(id, 1, 1, Some(&player("nobody"))).await.expect("read");
        assert_eq!((last.rows[0].name.as_str(), last.players, last.own), ("cy", 2, None));

        kit.store.forget(&player("ana"), later(63)).await.expect("forgotten");
        let frozen = kit.store.frozen_board(id, 0, 1, Some(&player("ana"))).await.expect("read");
        assert_eq!((frozen.rows[0].name.as_str(), frozen.rows[0].points.0, frozen.own), ("", 10, None));
    }

    /// Ended early, what opened before still counts, what opens later does not; it cannot be made longer so.
    async fn a_season_can_end_early(kit: Kit) {
        let id = season(&kit, "autumn", (0, 100), &[]).await;
        let before = kit.open_choice().await;
        kit.presses("ana", before, 2).await;
        kit.store.end_season(id, later(5)).await.expect("ended");
        kit.store.end_season(id, later(50)).await.expect("nothing");
        assert_eq!(kit.store.seasons(&space()).await.expect("read")[0].ends, later(5));
        let after = kit.ask_in(&channel(), choice("two"), rules(), later(6)).await;
        kit.send_all(later(6)).await;
        kit.presses("bo", after, 2).await;
        assert_eq!(kit.store.seasons_to_freeze(later(6)).await.expect("read").len(), 0);
        kit.close(before).await;
        assert_eq!(kit.store.seasons_to_freeze(later(6)).await.expect("read").len(), 1, "the later round does not count");
        kit.store.close_round(after, &TimeZone::UTC, later(70), settle).await.expect("closed").expect("open");
        assert_eq!(players(&kit, id).await, 1);
    }
}
