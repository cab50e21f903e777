//! Marking a round anew: all of it or nothing, for all who answered, with every sum; and what is said of it.

use kcard::{
    quiz::{
        answer::{Change, Input, Way},
        asked::Asked,
        correction::{Accepted, CannotAccept},
        deck::{Deck, Level},
        draw::History,
        grade,
        id::{CaseId, RoundId},
        points::{Points, Weights},
        round::Rules,
        standing::Period,
        verdict::Credit,
    },
    store::{
        AskOutcome, CaseState, Disputed, Draft, NewDispute, NewVoid, RemarkError, Remarked, Ruling, Said, Store,
        VoidError, What,
    },
};

use crate::{
    kit::{Kit, channel, choice, later, new_ask, now, picks, player, rules, settle, space, typed},
    on_both,
};

fn credit(asked: &Asked, text: &str) -> Credit {
    grade::text(asked, text).unwrap_or_default().credit
}

fn ruling(round: RoundId, answer: &str, case: Option<CaseId>) -> Ruling {
    let accepted = Accepted { answer: answer.into(), item: None };
    Ruling { round, accepted, case, by: player("root"), why: "it is the same".into() }
}

/// What is said: to the channel, and to everyone whose points changed.
fn words(remarked: &Remarked) -> Said {
    let told = remarked.cases.iter().flat_map(|case| &case.disputes);
    Said {
        posted: Some("a correction".into()),
        told: told.map(|dispute| (dispute.player.clone(), "accepted".to_owned())).collect(),
        log: "accepted it".into(),
    }
}

impl Kit {
    async fn remark(&self, ruling: &Ruling) -> Result<Remarked, RemarkError> {
        self.store.remark(ruling, None, later(90), settle, words).await
    }

    async fn disputes(&self, name: &str, round: RoundId) -> Disputed {
        let new = NewDispute { round, player: player(name), reason: format!("{name} says so") };
        self.store.dispute(&new, later(70)).await.expect("disputing works")
    }

    /// The case that a dispute came to.
    async fn case(&self, name: &str, round: RoundId) -> CaseId {
        match self.disputes(name, round).await {
            Disputed::Filed(case) => case.id,
            other => panic!("it is filed, not {other:?}"),
        }
    }

    async fn types(&self, name: &str, round: RoundId, text: &str) {
        self.does(name, round, Way::Reply, Change::Set(Input::Text(text.into()))).await;
    }

    /// A closed round of a typed question, with what these typed.
    async fn closed(&self, card: &str, typed_by: &[(&str, &str)]) -> RoundId {
        let round = self.open(typed(card), rules()).await;
        for (name, text) in typed_by {
            self.types(name, round, text).await;
        }
        self.close(round).await;
        self.send_all(later(61)).await;
        round
    }

    async fn points(&self, name: &str) -> i64 {
        let key = Period::All.key(now(), &jiff::tz::TimeZone::UTC);
        let board = self.store.board(&space(), &key, 0, 0, Some(&player(name))).await.expect("read");
        board.own.map_or(-1, |own| own.points.0)
    }

    async fn voids(&self, name: &str, round: RoundId, undo: bool) -> Result<Remarked, VoidError> {
        let void = NewVoid { round, player: player(name), by: player("root"), reason: "copied".into(), undo };
        let words = |_: &Remarked| Said { told: vec![(player(name), "voided".into())], ..Said::default() };
        self.store.void(&void, later(80), settle, words).await
    }
}

on_both! {
    /// What alike players dispute is one case; who has nothing to dispute, or did before, is told so.
    async fn alike_disputes_are_one_case(kit: Kit) {
        let open = kit.open(typed("open"), rules()).await;
        let round = kit
            .closed("one", &[("ana", "Key Value Store"), ("bo", "key-value store"), ("cy", "etcd"), ("di", "kubelet")])
            .await;
        assert_eq!(kit.disputes("ana", open).await, Disputed::NotClosed);
        assert_eq!(kit.disputes("ana", RoundId(99)).await, Disputed::NotClosed);
        assert_eq!(kit.disputes("eve", round).await, Disputed::NotAnswered);
        assert_eq!(kit.disputes("cy", round).await, Disputed::Full);

        let case = kit.case("ana", round).await;
        assert_eq!(kit.case("bo", round).await, case);
        assert_ne!(kit.case("di", round).await, case);
        let Disputed::Before(before) = kit.disputes("bo", round).await else { panic!("the same again is nothing") };
        let said: Vec<_> = before.disputes.iter().map(|one| (one.name.as_str(), one.reason.as_str())).collect();
        assert_eq!((before.id, before.state), (case, CaseState::Open));
        assert_eq!(said, [("ana", "ana says so"), ("bo", "bo says so")]);
        assert_eq!(before.answer, "Key Value Store");
        let open = kit.store.open_cases(&space()).await.expect("read");
        assert_eq!(open.iter().map(|case| case.disputes.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(kit.count("disputes").await, 3);
    }

    /// For all who answered: entries, awards, every sum, the messages, the cases, and what each is told.
    async fn a_round_is_marked_anew_whole(kit: Kit) {
        let answers = [("ana", "Key Value Store"), ("bo", "a key-value stor"), ("cy", "etcd"), ("di", "kubelet")];
        let round = kit.closed("one", &answers).await;
        let ana = kit.case("ana", round).await;
        let bo = kit.case("bo", round).await;
        let di = kit.case("di", round).await;
        assert_eq!([kit.points("ana").await, kit.points("cy").await], [0, 10]);

        let remarked = kit.remark(&ruling(round, "key-value store", Some(ana))).await.expect("marked anew");
        let changed: Vec<_> = remarked.changed.iter().map(|one| (one.name.as_str(), one.before, one.after)).collect();
        assert_eq!(changed, [("ana", Points(0), Points(10)), ("bo", Points(0), Points(10))]);
        // What bo typed is a slip of what is accepted now, so that case is settled too.
        assert_eq!(remarked.cases.iter().map(|case| case.id).collect::<Vec<_>>(), [ana, bo]);
        for (name, points) in [("ana", 10), ("bo", 10), ("cy", 10), ("di", 0)] {
            assert_eq!(kit.points(name).await, points, "{name}");
        }
        assert_eq!(kit.store.round(round).await.expect("read"), Some(remarked.round));
        kit.verified().await;

        let case = kit.store.case(ana).await.expect("read").expect("it is there");
        assert_eq!((case.state, case.why.as_deref()), (CaseState::Accepted, Some("it is the same")));
        assert_eq!(kit.store.open_cases(&space()).await.expect("read").len(), 1);
        let mut said = Vec::new();
        while let Some(parcel) = kit.claim(later(91)).await.pop() {
            let message = kcard::quiz::id::MessageRef { channel: channel(), id: format!("m{}", parcel.id.0) };
            kit.store.sent(parcel.id, &message, later(91)).await.expect("sent");
            said.push(parcel.what);
        }
        assert_eq!(said, [What::Ending(round), What::Amended(round), What::Note("a correction".into())]);
        let notices = kit.store.notices(&player("bo")).await.expect("read");
        assert_eq!(notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), ["accepted"]);
        assert!(kit.store.told(&notices[0]).await.expect("told") && !kit.store.told(&notices[0]).await.expect("told"));
        assert_eq!(kit.store.awaiting_notice().await.expect("read"), [player("ana")].into());
        let log = kit.store.corrections(round).await.expect("read");
        let log: Vec<_> = log.iter().map(|one| (one.what.as_str(), one.by.as_deref(), one.why.as_str())).collect();
        assert_eq!(log, [("accepted it", Some("web:root"), "it is the same")]);

        // Once is enough, and what was decided stays.
        let again = kit.remark(&ruling(round, "Key-Value Stores", None)).await;
        assert!(matches!(again, Err(RemarkError::Cannot(CannotAccept::Already))), "{again:?}");
        let again = kit.remark(&ruling(round, "something else", Some(ana))).await;
        assert!(matches!(again, Err(RemarkError::Decided)), "{again:?}");
        assert!(matches!(kit.disputes("ana", round).await, Disputed::Before(case) if case.state == CaseState::Accepted));
        let refused = kit.store.refuse(di, &player("root"), "no", "refused", later(92)).await.expect("refused");
        assert_eq!(refused.map(|case| case.state), Some(CaseState::Refused));
        assert_eq!(kit.store.refuse(di, &player("root"), "no", "refused", later(92)).await.expect("read"), None);
        assert_eq!(kit.store.notices(&player("di")).await.expect("read")[0].text, "refused");
        kit.verified().await;
    }

    /// The space accepts it from now on: where the question is open, and when it is drawn; nobody else does.
    async fn what_is_accepted_holds_at_once(kit: Kit) {
        let round = kit.closed("one", &[("ana", "key-value store")]).await;
        let same = kit.open(typed("one"), rules()).await;
        let other = kit.open(typed("two"), rules()).await;
        for open in [same, other] {
            kit.types("ana", open, "key value store").await;
        }
        kit.remark(&ruling(round, "key-value store", None)).await.expect("marked anew");
        kit.verified().await;
        for (open, points) in [(same, 10), (other, 0)] {
            kit.close(open).await;
            let awards = kit.store.awards(open).await.expect("read");
            assert_eq!(awards[0].0.award.points, Points(points));
        }
        kit.send_all(later(91)).await;

        let accepted = async |space: &str| {
            let ask = kcard::store::NewAsk { space: kcard::quiz::id::SpaceId::new(space), ..new_ask(&channel(), now()) };
            let mut accepted = None;
            kit.store.ask(&ask, now(), |history| { accepted = Some(history.accepted.clone()); None }).await.expect("asked");
            accepted.expect("it was drawn")
        };
        let here = accepted("web").await;
        let question = (typed("one").card, typed("one").likeness());
        assert_eq!(here[&question], [Accepted { answer: "key-value store".into(), item: None }]);
        assert!(accepted("discord:9").await.is_empty());
        kit.verified().await;
    }

    /// A process that dies in the middle has changed nothing.
    async fn what_breaks_off_changes_nothing(kit: Kit) {
        let round = kit.closed("one", &[("ana", "key-value store"), ("cy", "etcd")]).await;
        let case = kit.case("ana", round).await;
        let before = kit.store.round(round).await.expect("read");
        let store = kit.store.clone();
        let died = tokio::spawn(async move {
            let ruling = ruling(round, "key-value store", Some(case));
            store.remark(&ruling, None, later(90), settle, |_| panic!("the process dies")).await
        });
        assert!(died.await.expect_err("it died").is_panic());
        assert_eq!(kit.store.round(round).await.expect("read"), before);
        assert_eq!(kit.points("ana").await, 0);
        assert_eq!(kit.store.case(case).await.expect("read").expect("there").state, CaseState::Open);
        assert_eq!([kit.count("accepted").await, kit.count("corrections").await, kit.count("notices").await], [0; 3]);
        kit.verified().await;
        kit.remark(&ruling(round, "key-value store", Some(case))).await.expect("marked anew");
        assert_eq!(kit.points("ana").await, 10);
        kit.verified().await;
    }

    /// Rounds of the same players close and are marked anew at once, from two processes: every sum is right.
    async fn remarks_and_closes_at_once_add_up(kit: Kit) {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let names: Vec<String> = (0..8).map(|n| format!("p{n}")).collect();
        for n in 0..6 {
            let answers: Vec<_> = names.iter().map(|name| (name.as_str(), "key-value store")).collect();
            old.push(kit.closed(&format!("old{n}"), &answers).await);
            new.push(kit.open(choice(&format!("new{n}")), rules()).await);
            for name in &names {
                kit.presses(name, new[n], 2).await;
            }
        }
        let other = kit.another().await;
        let of = |n: usize| -> Store { if n.is_multiple_of(2) { kit.store.clone() } else { other.clone() } };
        let remarks = old.into_iter().enumerate().map(|(n, round)| {
            let store = of(n);
            tokio::spawn(async move {
                store.remark(&ruling(round, "key-value store", None), None, later(90), settle, words).await.expect("anew");
            })
        });
        let remarks: Vec<_> = remarks.collect();
        let closes = new.into_iter().enumerate().map(|(n, round)| {
            let store = of(n);
            tokio::spawn(async move {
                store.close_round(round, &jiff::tz::TimeZone::UTC, later(60), settle).await.expect("closed").expect("open");
            })
        });
        for done in closes.collect::<Vec<_>>().into_iter().chain(remarks) {
            done.await.expect("no panic");
        }
        for name in &names {
            assert_eq!(kit.points(name).await, 120, "{name}");
        }
        kit.verified().await;
        other.close().await;
    }

    /// A question that is drawn at the same moment has what is accepted: by the draw, or put into it.
    async fn a_question_drawn_meanwhile_has_it_too(kit: Kit) {
        let other = kit.another().await;
        let deck = Deck::new(typed("one").deck, Vec::new());
        for n in 0..12 {
            let card = format!("c{n}");
            let round = kit.closed(&card, &[("ana", "key-value store")]).await;
            let (store, asking) = (kit.store.clone(), other.clone());
            let (deck, asked) = (deck.clone(), typed(&card));
            let remark = tokio::spawn(async move {
                store.remark(&ruling(round, "key-value store", None), None, later(90), settle, words).await.map(drop)
            });
            let ask = tokio::spawn(async move {
                let draft = |history: &History| {
                    Some(Draft { asked: history.corrected(asked, &deck), rules: rules(), cycle: 0 })
                };
                asking.ask(&new_ask(&channel(), later(90)), later(90), draft).await
            });
            let AskOutcome::Asked(drawn) = ask.await.expect("no panic").expect("asked") else { panic!("it is asked") };
            remark.await.expect("no panic").expect("marked anew");
            let drawn = kit.store.round(drawn).await.expect("read").expect("there");
            assert_eq!(credit(&drawn.asked, "key-value store"), Credit::FULL, "{n}");
            kit.send_all(later(91)).await;
        }
        kit.verified().await;
        other.close().await;
    }

    /// Two hosts accept the same at the same moment: one does.
    async fn a_round_is_marked_anew_once(kit: Kit) {
        let round = kit.closed("one", &[("ana", "key-value store")]).await;
        let other = kit.another().await;
        let ruling = ruling(round, "key-value store", None);
        let remark = async |store: &Store| store.remark(&ruling, None, later(90), settle, words).await;
        let (one, two) = tokio::join!(remark(&kit.store), remark(&other));
        assert_eq!([&one, &two].iter().filter(|done| done.is_ok()).count(), 1, "{one:?}, {two:?}");
        assert_eq!((kit.points("ana").await, kit.count("corrections").await), (10, 1));
        kit.verified().await;
        other.close().await;
    }

    /// A voided answer earns nothing, also after the round is marked anew, until it is given back.
    async fn a_voided_answer_counts_for_nothing(kit: Kit) {
        let round = kit.closed("one", &[("ana", "key-value store"), ("bo", "etcd"), ("cy", "etcd")]).await;
        assert!(matches!(kit.voids("eve", round, false).await, Err(VoidError::NotAnswered)));
        assert!(matches!(kit.voids("bo", round, true).await, Err(VoidError::Already)));
        let voided = kit.voids("bo", round, false).await.expect("voided");
        assert_eq!(voided.changed.iter().map(|one| (one.before, one.after)).collect::<Vec<_>>(), [(Points(10), Points(0))]);
        assert!(matches!(kit.voids("bo", round, false).await, Err(VoidError::Already)));
        assert_eq!(kit.points("bo").await, -1, "no round of theirs counts any more");
        assert_eq!(kit.disputes("bo", round).await, Disputed::Voided("copied".into()));
        assert_eq!(kit.store.voided(round, &player("bo")).await.expect("read").as_deref(), Some("copied"));
        kit.verified().await;
        kit.voids("ana", round, false).await.expect("voided");
        kit.remark(&ruling(round, "key-value store", None)).await.expect("marked anew");
        assert_eq!([kit.points("ana").await, kit.points("bo").await, kit.points("cy").await], [-1, -1, 10]);
        kit.verified().await;
        kit.voids("ana", round, true).await.expect("given back");
        assert_eq!([kit.points("ana").await, kit.points("bo").await], [10, -1]);
        kit.verified().await;

        kit.send_all(later(91)).await;
        // While a round is open, it counts for nothing at the close.
        let open = kit.open_choice().await;
        kit.presses("bo", open, 2).await;
        kit.presses("cy", open, 2).await;
        assert_eq!(kit.voids("bo", open, false).await.expect("voided").changed, []);
        kit.close(open).await;
        assert_eq!([kit.points("bo").await, kit.points("cy").await], [-1, 20]);
        kit.verified().await;
        kit.sql("INSERT INTO voids (round, player, voided_by, reason, at) VALUES (1, 'web:cy', '', '', 0)").await;
        let found = kit.store.verify().await.expect("verifying works");
        assert!(found.iter().any(|one| one.place.contains("voided answer")), "{found:?}");
    }

    /// A barred player's answers and disputes are refused with the reason; deleting one's data lifts no bar.
    async fn a_barred_player_is_refused(kit: Kit) {
        let closed = kit.closed("one", &[("bo", "kubelet")]).await;
        let round = kit.open_choice().await;
        kit.presses("ana", round, 1).await;
        let bar = async |name: &str| {
            kit.store.bar(&player(name), &player("root"), "a script", "you are barred", later(2)).await.expect("barred")
        };
        assert!(bar("ana").await && !bar("ana").await && bar("bo").await);
        let barred = kcard::store::Answered::Barred("a script".into());
        assert_eq!(kit.presses("ana", round, 2).await, barred);
        assert!(matches!(kit.presses("cy", round, 2).await, kcard::store::Answered::Taken(..)));
        assert_eq!(kit.disputes("bo", closed).await, Disputed::Barred("a script".into()));
        assert_eq!(kit.store.notices(&player("ana")).await.expect("read").len(), 1);
        kit.verified().await;

        let export = kit.store.export(&player("ana")).await.expect("exported");
        assert_eq!(export["bars"][0]["reason"], "a script");
        kit.store.forget(&player("ana"), later(3)).await.expect("deleted");
        assert!(kit.store.notices(&player("ana")).await.expect("read").is_empty());
        let next = kit.open(choice("two"), rules()).await;
        assert_eq!(kit.presses("ana", next, 2).await, barred);
        let of_ana = kit.rows("SELECT hash FROM bars WHERE player = 'web:ana' OR barred_by = 'web:ana'").await;
        assert!(of_ana.is_empty());
        assert!(kit.store.unbar(&player("ana"), "welcome", later(4)).await.expect("lifted"));
        assert!(!kit.store.unbar(&player("ana"), "welcome", later(4)).await.expect("read"));
        assert_eq!(kit.store.barred(&player("ana")).await.expect("read"), None);
        assert!(matches!(kit.presses("ana", next, 2).await, kcard::store::Answered::Taken(..)));
        assert!(matches!(kit.store.answer(picks("k", "bo", next, 2)).await, Ok(kcard::store::Answered::Barred(_))));
    }

    /// A closed season's board changes only when a host says so, and then follows what was corrected.
    async fn a_closed_season_waits_for_a_host(kit: Kit) {
        let season = kit.store.add_season(&space(), "cup", later(-60), later(100), &[].into()).await.expect("added");
        let round = kit.closed("one", &[("ana", "key-value store"), ("bo", "etcd"), ("cy", "kubelet"), ("di", "etcd")]).await;
        assert!(kit.store.freeze_season(season, &[channel()], later(110)).await.expect("frozen"));
        kit.send_all(later(110)).await;
        kit.store.forget(&player("di"), later(110)).await.expect("deleted");
        let board = async || {
            let board = kit.store.frozen(season, 0, 10).await.expect("read");
            board.into_iter().map(|row| (row.rank, row.name, row.points.0)).collect::<Vec<_>>()
        };
        let frozen = [(1, "bo", 10), (1, "", 10), (3, "ana", 0), (3, "cy", 0)];
        let is = |rows: Vec<(i64, String, i64)>, expected: &[(i64, &str, i64)]| {
            let rows: Vec<_> = rows.iter().map(|(rank, name, points)| (*rank, name.as_str(), *points)).collect();
            assert_eq!(rows, expected);
        };
        let recount = async || {
            let words = |podium: &[kcard::quiz::standing::Standing], players| format!("{} of {players}", podium.len());
            kit.store.recount_season(season, &player("root"), &[channel()], later(120), words).await.expect("counted")
        };
        is(board().await, &frozen);
        assert!(!recount().await, "nothing was corrected");
        let remarked = kit.remark(&ruling(round, "key-value store", None)).await.expect("marked anew");
        assert_eq!(remarked.frozen.iter().map(|season| season.name.as_str()).collect::<Vec<_>>(), ["cup"]);
        is(board().await, &frozen);
        kit.verified().await;
        kit.send_all(later(110)).await;

        assert!(recount().await && !recount().await);
        is(board().await, &[(1, "", 10), (1, "ana", 10), (1, "bo", 10), (4, "cy", 0)]);
        assert_eq!(kit.claim(later(120)).await[0].what, What::Note("3 of 4".into()));
        kit.verified().await;
    }

    /// Three players who are at least 5 % of its answerers hold a card back until a host has looked.
    async fn a_card_that_three_dispute_is_held(kit: Kit) {
        let held = async |kit: &Kit| {
            let mut held = None;
            let ask = new_ask(&channel(), now());
            kit.store.ask(&ask, now(), |history| { held = Some(history.held.clone()); None }).await.expect("asked");
            held.expect("it was drawn")
        };
        let names: Vec<String> = (0..61).map(|n| format!("p{n}")).collect();
        let crowd: Vec<_> = names.iter().map(|name| (name.as_str(), "kubelet")).collect();
        let big = kit.closed("big", &crowd).await;
        let small = kit.closed("small", &crowd[..60]).await;
        for name in &names[..2] {
            kit.disputes(name, big).await;
            kit.disputes(name, small).await;
        }
        assert!(held(&kit).await.is_empty());
        kit.disputes("p2", big).await;
        assert!(held(&kit).await.is_empty(), "3 of 61 are less than 5 %");
        let Disputed::Filed(case) = kit.disputes("p2", small).await else { panic!("it is filed") };
        assert!(case.holds);
        assert_eq!(held(&kit).await, [typed("small").card].into());
        kit.store.refuse(case.id, &player("root"), "", "refused", later(90)).await.expect("refused");
        assert!(held(&kit).await.is_empty(), "a host has looked");
        kit.disputes("p3", big).await;
        assert_eq!(held(&kit).await, [typed("big").card].into());
    }

    /// What earns more by its weights does so anew, by the same time and the same streak.
    async fn weights_follow(kit: Kit) {
        let weights = Weights { streak: true, ..Weights::default() };
        let rules = Rules { weights, ..rules() };
        let round = kit.open(Asked { level: Level::new(3).expect("3 is a level"), ..typed("one") }, rules).await;
        kit.types("ana", round, "etcd").await;
        kit.types("bo", round, "key-value store").await;
        kit.close(round).await;
        let remarked = kit.remark(&ruling(round, "key-value store", None)).await.expect("marked anew");
        assert_eq!(remarked.changed.iter().map(|one| (one.name.as_str(), one.after)).collect::<Vec<_>>(), [("bo", Points(10))]);
        kit.verified().await;
    }

    /// A player's disputes and voids are theirs to read and to delete, and hosts' decisions lose their name.
    async fn corrections_are_private_data_too(kit: Kit) {
        let round = kit.closed("one", &[("ana", "key-value store"), ("bo", "kubelet")]).await;
        kit.case("ana", round).await;
        let of_bo = kit.case("bo", round).await;
        kit.voids("bo", round, false).await.expect("voided");
        let export = kit.store.export(&player("bo")).await.expect("exported");
        assert_eq!(export["disputes"][0]["reason"], "bo says so");
        assert_eq!((&export["voids"][0]["reason"], &export["notices"][0]["text"]), (&"copied".into(), &"voided".into()));
        kit.store.refuse(of_bo, &player("root"), "no", "refused", later(90)).await.expect("refused");
        kit.remark(&Ruling { case: None, ..ruling(round, "node agent", None) }).await.expect("marked anew");
        for name in ["bo", "ana", "root"] {
            kit.store.forget(&player(name), later(95)).await.expect("deleted");
        }
        assert_eq!(kit.count("disputes").await, 0);
        assert!(kit.store.open_cases(&space()).await.expect("read").is_empty(), "nobody puts it before the hosts");
        for table in ["cases", "accepted", "corrections", "voids", "bars", "notices"] {
            for row in kit.rows(&format!("SELECT * FROM {table}")).await {
                use sqlx::{Column as _, Row as _};
                for column in 0..row.columns().len() {
                    let text = row.try_get::<String, _>(column).unwrap_or_default();
                    assert!(!text.starts_with("web:"), "{table}.{} is {text}", row.columns()[column].name());
                }
            }
        }
        kit.verified().await;
    }
}
