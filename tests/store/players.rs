//! Players: their own figures, what they export, and that nothing of them is left when they want that.

use std::collections::BTreeSet;

use kcard::{
    quiz::id::PlayerId,
    store::{Answered, Person, Space, Stats, TopicStats},
};

use crate::{
    kit::{Kit, choice, later, now, picks, player, rules, space},
    on_both,
};

on_both! {
    /// A player is known by what was seen last.
    async fn a_name_is_remembered(kit: Kit) {
        let ana = player("ana");
        assert_eq!(kit.store.person(&ana).await.expect("read"), None);
        for name in ["ana", "Ana"] {
            kit.store.see(&ana, name, now()).await.expect("seen");
            let expected = Person { id: ana.clone(), name: name.into(), hidden: false };
            assert_eq!(kit.store.person(&ana).await.expect("read"), Some(expected));
        }
        kit.store.hide(&ana, true).await.expect("hidden");
        kit.store.see(&ana, "Ana B", now()).await.expect("seen");
        assert!(kit.store.person(&ana).await.expect("read").expect("known").hidden);
    }

    /// Figures are over closed rounds, by topic.
    async fn figures_count_closed_rounds(kit: Kit) {
        let ana = player("ana");
        assert_eq!(kit.store.stats(&ana).await.expect("read"), Stats::default());
        for (topic, option) in [("storage", 2), ("network", 2), ("storage", 1)] {
            let mut asked = choice(topic);
            asked.topic = topic.into();
            let round = kit.open(asked, rules()).await;
            kit.presses("ana", round, option).await;
            kit.presses("bo", round, 2).await;
            kit.close(round).await;
            kit.send_all(later(60)).await;
        }
        let open = kit.open_choice().await;
        kit.presses("ana", open, 2).await;
        let topic = |topic: &str, answered, credit| TopicStats { topic: topic.into(), answered, credit };
        let expected = Stats {
            points: 20,
            answered: 3,
            right: 2,
            credit: 20_000,
            topics: vec![topic("network", 1, 10_000), topic("storage", 2, 10_000)],
        };
        assert_eq!(kit.store.stats(&ana).await.expect("read"), expected);
    }

    /// The card on demand is the last one shown.
    async fn the_card_shown_last_is_remembered(kit: Kit) {
        assert_eq!(kit.store.shown(&player("ana")).await.expect("read"), None);
        for card in ["one", "two"] {
            kit.store.set_shown(&player("ana"), &choice(card), now()).await.expect("stored");
            assert_eq!(kit.store.shown(&player("ana")).await.expect("read"), Some(choice(card)));
        }
    }

    /// An export has everything of the player, and nothing of anybody else.
    async fn an_export_has_everything_of_one(kit: Kit) {
        plays_everything(&kit).await;
        let export = kit.store.export(&player("ana")).await.expect("exported");
        for (part, rows) in [
            ("player", 1),
            ("answers", 2),
            ("entries", 2),
            ("awards", 1),
            ("standings", 4),
            ("seasons", 0),
            ("card_on_demand", 1),
            ("web_account", 1),
            ("web_messages", 1),
            ("web_reactions", 1),
            ("decks_added", 1),
        ] {
            assert_eq!(export[part].as_array().map(Vec::len), Some(rows), "{part}: {export:#}");
        }
        assert_eq!(export["answers"][0]["change"], serde_json::json!({"set": {"options": [2]}}));
        assert_eq!(export["awards"][0]["points"], 10);
        let text = export.to_string();
        assert!(!text.contains("bo\""), "{text}");
        assert!(!text.contains("hash of a cookie"), "{text}");
    }

    /// After forgetting, no table knows the player, but for the hash that keeps them out of the rounds that are open.
    async fn forgetting_leaves_nothing(kit: Kit) {
        let open = plays_everything(&kit).await;
        let season = kit.store.add_season(&space(), "s", now(), later(1), &BTreeSet::default()).await.expect("added");
        kit.sql(&format!(
            "INSERT INTO season_standings (season, place, rank, player, name, points, credit, answered)
             VALUES ({}, 1, 1, 'web:ana', 'ana', 10, 10000, 1)",
            season.0
        ))
        .await;
        kit.store.save_space(&Space { id: space(), timezone: None, hosts: vec!["web:ana".into(), "web:bo".into()] })
            .await
            .expect("saved");
        kit.store.forget(&player("ana"), later(2)).await.expect("forgotten");

        for (table, columns) in [
            ("players", "id || name"),
            ("answers", "player"),
            ("entries", "player"),
            ("awards", "player"),
            ("standings", "player || name"),
            ("season_standings", "player || name"),
            ("shown", "player"),
            ("spaces", "hosts"),
            ("decks", "added_by"),
            ("room_accounts", "name || folded"),
            ("room_messages", "COALESCE(author, '') || body"),
            ("room_reactions", "name"),
        ] {
            assert_eq!(kit.count(&format!("{table} WHERE {columns} LIKE '%ana%'")).await, 0, "{table}");
        }
        assert_eq!(kit.store.space(&space()).await.expect("read").hosts, ["web:bo"]);
        let frozen = kit.store.frozen(season, 0, 10).await.expect("read").remove(0);
        assert_eq!((frozen.player, frozen.name.as_str(), frozen.points.0), (PlayerId::new(""), "", 10));
        kit.verified().await;

        assert_eq!(kit.presses("ana", open, 2).await, Answered::Late(open));
        assert!(matches!(kit.presses("bo", open, 2).await, Answered::Taken(..)));
        assert_eq!(kit.store.answer(picks("first", "ana", open, 2)).await.expect("stored"), Answered::Late(open));
        kit.close(open).await;
        assert_eq!(kit.count("tombstones").await, 0);
        kit.send_all(later(60)).await;
        let next = kit.open_choice().await;
        assert!(matches!(kit.presses("ana", next, 2).await, Answered::Taken(..)));
    }

    /// Forgetting while rounds close and answers come: nothing of the player comes back, and all sums stay right.
    async fn forgetting_holds_against_what_is_under_way(kit: Kit) {
        let other = kit.another().await;
        for n in 0..6 {
            let round = kit.open(choice(&format!("c{n}")), rules()).await;
            kit.presses("ana", round, 2).await;
            kit.presses("bo", round, 2).await;
            let utc = jiff::tz::TimeZone::UTC;
            let close = other.close_round(round, &utc, later(60), crate::kit::settle);
            let ana = player("ana");
            let (forgotten, closed, _) =
                tokio::join!(kit.store.forget(&ana, now()), close, kit.presses("ana", round, 1));
            forgotten.expect("forgotten");
            closed.expect("closed");
            kit.send_all(later(60)).await;
            kit.store.forget(&ana, now()).await.expect("forgotten");
            kit.verified().await;
        }
        let board = kit.store.stats(&player("bo")).await.expect("read");
        assert_eq!(board.answered, 6);
        other.close().await;
    }
}

/// Ana leaves something in every table; the round that stays open.
async fn plays_everything(kit: &Kit) -> kcard::quiz::id::RoundId {
    let closed = kit.open_choice().await;
    kit.presses("ana", closed, 2).await;
    kit.presses("bo", closed, 2).await;
    kit.close(closed).await;
    kit.send_all(later(60)).await;
    let open = kit.open_choice().await;
    kit.store.answer(picks("first", "ana", open, 2)).await.expect("stored");
    kit.store.set_shown(&player("ana"), &choice("one"), now()).await.expect("stored");
    let deck = kcard::quiz::id::DeckId::new("tea");
    kit.store.add_deck(&space(), &deck, "deck: tea", &player("ana"), now(), 1).await.expect("stored");
    for name in ["ana", "bo"] {
        assert!(
            kit.store
                .room_join(name, name, &format!("hash of a cookie of {name}"), false, now())
                .await
                .expect("joined")
        );
        let said = kit.store.room_post("daily-quiz", Some(name), None, &format!("I am {name}"), None, now()).await;
        kit.store.room_react(said.expect("posted"), name, 1, true, now()).await.expect("reacted");
    }
    open
}
