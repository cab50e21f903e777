//! `verify` finds whatever was changed behind the store's back.

use crate::{
    kit::{Kit, later, now, player},
    on_both,
};

on_both! {
    /// Each kind of damage is found, at its place.
    async fn damage_is_found(kit: Kit) {
        let round = kit.open_choice().await;
        for (name, option) in [("ana", 2), ("bo", 1)] {
            kit.presses(name, round, option).await;
        }
        kit.close(round).await;
        kit.send_all(later(60)).await;
        kit.store.see(&player("ana"), "Ana", now()).await.expect("seen");
        kit.open_choice().await;
        kit.verified().await;
        for (damage, repair, place) in [
            (
                "UPDATE entries SET credit = 0 WHERE player = 'web:ana'",
                "UPDATE entries SET credit = 10000 WHERE player = 'web:ana'",
                "round 1, web:ana: the entry",
            ),
            (
                "UPDATE entries SET at = at + 1 WHERE player = 'web:bo'",
                "UPDATE entries SET at = at - 1 WHERE player = 'web:bo'",
                "round 1, web:bo: the entry",
            ),
            (
                "UPDATE awards SET credit = 1 WHERE player = 'web:bo'",
                "UPDATE awards SET credit = 0 WHERE player = 'web:bo'",
                "round 1, web:bo: the credit awarded",
            ),
            (
                "UPDATE awards SET round = (SELECT id FROM rounds WHERE state = 'open') WHERE player = 'web:bo'",
                "UPDATE awards SET round = 1 WHERE player = 'web:bo'",
                "round 1, web:bo: the award",
            ),
            (
                "UPDATE standings SET points = points + 1 WHERE player = 'web:ana' AND period = 'a'",
                "UPDATE standings SET points = points - 1 WHERE player = 'web:ana' AND period = 'a'",
                "web a, web:ana: the standing",
            ),
            (
                "UPDATE standings SET period = 'x' WHERE player = 'web:ana' AND period = 'a'",
                "UPDATE standings SET period = 'a' WHERE player = 'web:ana' AND period = 'x'",
                "web x, web:ana: the standing",
            ),
            (
                "UPDATE standings SET name = 'x' WHERE player = 'web:ana' AND period = 'a'",
                "UPDATE standings SET name = 'Ana' WHERE player = 'web:ana' AND period = 'a'",
                "web a, web:ana: the name",
            ),
            (
                "UPDATE tallies SET players = 7 WHERE points = 10 AND period = 'a'",
                "UPDATE tallies SET players = 1 WHERE points = 10 AND period = 'a'",
                "web a, 10 points: the number",
            ),
        ] {
            kit.sql(damage).await;
            let found = kit.store.verify().await.expect("verifying works");
            assert!(found.iter().any(|one| one.place.starts_with(place)), "{damage}: {found:#?}");
            kit.sql(repair).await;
            kit.verified().await;
        }
    }

    /// An answer without its entry, and an entry without its answers.
    async fn what_is_missing_is_found(kit: Kit) {
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        kit.presses("bo", round, 2).await;
        kit.sql("DELETE FROM entries WHERE player = 'web:ana'").await;
        kit.sql("DELETE FROM answers WHERE player = 'web:bo'").await;
        let found = kit.store.verify().await.expect("verifying works");
        let none: Vec<_> = found.iter().map(|one| (one.stored == "none", one.computed == "none")).collect();
        assert_eq!(none, [(false, true), (true, false)]);
    }
}
