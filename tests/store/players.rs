//! Players: what they are called, and their own figures.

use kcard::store::{Person, Stats, TopicStats};

use crate::{
    kit::{Kit, choice, later, now, player, rules},
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
}
