//! A person across the spaces of a face.

use std::collections::BTreeSet;

use kcard::{
    quiz::id::{CardId, ChannelId, DeckId, PlayerId, SpaceId},
    store::{Draft, NewAsk, OpenIn, Space},
};

use crate::{
    kit::{Kit, choice, new_ask, now, rules},
    on_both,
};

fn spaces(spaces: &[&str]) -> BTreeSet<SpaceId> {
    spaces.iter().map(|space| SpaceId::new(*space)).collect()
}

/// A question is asked in a space.
async fn asks(kit: &Kit, space: &str, card: &str) {
    let channel = ChannelId::new(format!("{}:1", space.split(':').next().unwrap_or_default()));
    let ask = NewAsk { space: SpaceId::new(space), ..new_ask(&channel, now()) };
    let draft = Draft { asked: choice(card), rules: rules(), cycle: 1 };
    kit.store.ask(&ask, now(), |_| Some(draft)).await.expect("asking works");
}

on_both! {
    /// Every open card of the face, with the spaces where the person is known and those where that is not known.
    async fn an_open_card_says_where_it_is_open(kit: Kit) {
        for (space, card) in [
            ("discord:8", "one"), ("discord:9", "one"), ("discord:9", "two"), ("discord:10", "two"), ("slack:T1", "three"),
        ] {
            asks(&kit, space, card).await;
        }
        kit.store.see(&PlayerId::new("discord:9/5"), "ana", now()).await.expect("seen");
        kit.store.see(&PlayerId::new("discord:10/55"), "bo", now()).await.expect("seen");
        let card = |name: &str| (DeckId::new("kubernetes"), CardId::new(name));
        for player in ["discord:5", "discord:8/5", "discord:9/5"] {
            let open = kit.store.open_cards(&PlayerId::new(player)).await.expect("read");
            let expected = [
                (card("one"), OpenIn { theirs: spaces(&["discord:9"]), others: spaces(&["discord:8"]) }),
                (card("two"), OpenIn { theirs: spaces(&["discord:9"]), others: spaces(&["discord:10"]) }),
            ];
            assert_eq!(open, expected.into(), "{player}");
        }
    }

    /// A person is known by the same id in all spaces of a face, whatever stands in it, and by no other's.
    async fn a_person_is_found_in_all_spaces_of_their_face(kit: Kit) {
        let known = [
            "discord:9/5", "discord:8/5", "discord:5", "discord:9/55", "discord:9/4", "discord:55", "slack:9/5",
            "town:9/a_b", "town:9/axb", "town:9/A_B", "town:a%", "town:9/ab", "web:5",
        ];
        for player in known {
            kit.store.see(&PlayerId::new(player), "name", now()).await.expect("seen");
        }
        let hosts = vec!["discord:7/5".into(), "discord:5555".into(), "discord:7/6".into()];
        kit.store.save_space(&Space { id: SpaceId::new("discord:7"), timezone: None, hosts }).await.expect("saved");
        for (player, expected) in [
            ("discord:5", &["discord:5", "discord:7/5", "discord:8/5", "discord:9/5"][..]),
            ("discord:1/5", &["discord:5", "discord:7/5", "discord:8/5", "discord:9/5"]),
            ("town:a_b", &["town:9/a_b"]),
            ("town:a%", &["town:a%"]),
            ("web:5", &["web:5"]),
            ("web:ana", &[]),
        ] {
            let selves = kit.store.selves(&PlayerId::new(player)).await.expect("read");
            assert_eq!(selves.iter().map(PlayerId::as_str).collect::<Vec<_>>(), expected, "{player}");
        }
    }
}
