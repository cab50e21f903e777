//! The web room's memory, and the settings of spaces.

use kcard::store::{Account, RoomMessage, Space};

use crate::{
    kit::{Kit, later, now, space},
    on_both,
};

on_both! {
    /// A folded name belongs to one account, and a cookie to one name.
    async fn a_folded_name_is_taken_once(kit: Kit) {
        let join = async |name: &str, folded: &str, token: &str| {
            kit.store.room_join(name, folded, token, false, now()).await.expect("stored")
        };
        assert!(join("Ana", "ana", "t1").await);
        assert!(!join("ANA", "ana", "t2").await);
        assert!(!join("bo", "bo", "t1").await);
        assert!(join("bo", "bo", "t2").await);
        kit.store.room_set_admin("bo", true).await.expect("stored");
        let account = |name: &str, admin| Some(Account { name: name.into(), admin });
        assert_eq!(kit.store.room_account("t1").await.expect("read"), account("Ana", false));
        assert_eq!(kit.store.room_account("t2").await.expect("read"), account("bo", true));
        assert_eq!(kit.store.room_account("t3").await.expect("read"), None);
    }

    /// A key posts once, and finds its message again.
    async fn a_key_posts_once(kit: Kit) {
        let post = async |key: Option<&str>, body: &str| {
            kit.store.room_post("daily-quiz", None, key, body, None, now()).await.expect("posted")
        };
        let first = post(Some("k"), "one").await;
        assert_eq!(post(Some("k"), "two").await, first);
        assert_ne!(post(None, "three").await, post(None, "three").await);
        assert_eq!(kit.store.room_find("k").await.expect("read"), Some(first));
        assert_eq!(kit.store.room_find("other").await.expect("read"), None);
        let message = kit.store.room_message(first).await.expect("read").expect("stored");
        assert_eq!((message.body.as_str(), message.edited), ("one", None));
        assert!(kit.store.room_edit(first, "edited", later(1)).await.expect("edited"));
        assert!(!kit.store.room_edit(999, "edited", later(1)).await.expect("nothing"));
        let message = kit.store.room_message(first).await.expect("read").expect("stored");
        assert_eq!((message.body.as_str(), message.edited), ("edited", Some(later(1))));
        assert_eq!(kit.store.room_message(999).await.expect("read"), None);
    }

    /// Messages come page by page, replies and reactions with them.
    async fn messages_come_in_pages(kit: Kit) {
        let mut ids = Vec::new();
        for n in 0..5 {
            let reply_to = (n == 4).then(|| ids[0]);
            let posted = kit.store.room_post("b", Some("ana"), None, &format!("m{n}"), reply_to, later(n)).await;
            ids.push(posted.expect("posted"));
        }
        kit.store.room_post("a", None, None, "elsewhere", None, now()).await.expect("posted");
        for (name, option, on, changed) in [
            ("bo", 2, true, true),
            ("ana", 1, true, true),
            ("bo", 2, true, false),
            ("bo", 3, true, true),
            ("bo", 2, false, true),
            ("bo", 2, false, false),
        ] {
            let done = kit.store.room_react(ids[3], name, option, on, now()).await.expect("stored");
            assert_eq!(done, changed, "{name} {option} {on}");
        }
        assert!(!kit.store.room_react(999, "bo", 1, true, now()).await.expect("no such message"));

        let bodies = |messages: Vec<RoomMessage>| messages.into_iter().map(|one| one.body).collect::<Vec<_>>();
        let newest = kit.store.room_messages("b", None, 2).await.expect("read");
        assert_eq!(newest[0].reactions, [(1, "ana".to_owned()), (3, "bo".to_owned())]);
        assert_eq!(bodies(newest), ["m3", "m4"]);
        assert_eq!(bodies(kit.store.room_messages("b", Some(ids[3]), 2).await.expect("read")), ["m1", "m2"]);
        let replies = kit.store.room_replies(ids[0]).await.expect("read");
        assert_eq!((replies.len(), replies[0].id, replies[0].reply_to), (1, ids[4], Some(ids[0])));
        assert_eq!(kit.store.room_channels().await.expect("read"), ["a", "b"]);
    }

    /// More replies than one statement of SQLite can name, and a reaction on the last of them.
    async fn forty_thousand_replies_are_read(kit: Kit) {
        let question = kit.store.room_post("b", None, None, "question", None, now()).await.expect("posted");
        kit.sql(&format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
             INSERT INTO room_messages (channel, author, body, reply_to, at)
             SELECT 'b', 'ana', 'reply', {question}, n FROM numbers"
        ))
        .await;
        let last = kit.store.room_messages("b", None, 1).await.expect("read")[0].id;
        assert!(kit.store.room_react(last, "bo", 2, true, now()).await.expect("stored"));
        let replies = kit.store.room_replies(question).await.expect("read");
        assert_eq!(replies.len(), 40_000);
        assert!(replies.is_sorted_by_key(|reply| reply.id));
        assert_eq!(replies[39_999].reactions, [(2, "bo".to_owned())]);
    }

    /// A space has the defaults until it is saved.
    async fn a_space_keeps_its_settings(kit: Kit) {
        let unset = Space { id: space(), timezone: None, hosts: Vec::new() };
        assert_eq!(kit.store.space(&space()).await.expect("read"), unset);
        assert_eq!(kit.store.spaces().await.expect("read"), []);
        let set = Space { timezone: Some("Europe/Berlin".into()), hosts: vec!["web:ana".into()], ..unset.clone() };
        for settings in [&set, &unset] {
            kit.store.save_space(settings).await.expect("saved");
            assert_eq!(kit.store.space(&space()).await.expect("read"), *settings);
            assert_eq!(kit.store.spaces().await.expect("read"), std::slice::from_ref(settings));
        }
    }

    /// Text of every kind comes back as it went in.
    async fn any_text_is_kept(kit: Kit) {
        let long = "x".repeat(1_000_000);
        for text in ["", "'; DROP TABLE rounds; --", "\u{202e}\u{1f600}\u{301}", "$1 ? %s", long.as_str()] {
            let id = kit.store.room_post("b", Some("ana"), None, text, None, now()).await.expect("posted");
            assert_eq!(kit.store.room_message(id).await.expect("read").expect("stored").body, text);
        }
    }
}
