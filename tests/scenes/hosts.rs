//! Who may do what, and where.

use kcard::chat::{Control, ControlId};

use crate::stage::{Stage, fields, only, plan};

#[tokio::test]
async fn a_host_has_no_rights_elsewhere() {
    let plans = vec![plan("here", "red_daily", "daily 09:00"), plan("there", "blue_daily", "daily 09:00")];
    let stage = Stage::playing(only(&["scheduler"]), plans).await;
    let admin = stage.player_in("root", "red_daily").admin();
    let ana = stage.player_in("ana", "red_daily");
    reads!(ana.types("/kquiz ask").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(ana.types("/kquiz settings hosts add:ana").await, @"That is for admins of this space.");
    reads!(admin.types("/kquiz settings hosts add:@ana").await, @"There is no player named `ana`.");
    ana.types("/kcard").await;
    reads!(admin.types("/kquiz settings hosts add:@anna").await, @"There is no player named `anna`. Did you mean **ana**?");
    reads!(admin.types("/kquiz settings hosts add:@ANA").await, @"Hosts are now: town:red/ana.");
    reads!(ana.types("/kquiz ask").await, @"A question is on its way.");
    reads!(ana.types("/kquiz settings hosts add:bo").await, @"That is for admins of this space.");
    stage.room_of("blue_daily").asks("scheduler").await;

    let ana_there = stage.player_in("ana", "blue_daily");
    reads!(ana_there.types("/kquiz ask").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(ana.types("/kquiz round show 2").await, @"There is no round 2 here.");
    reads!(ana.types("/kquiz round cancel 2").await, @"There is no round 2 here.");
    reads!(ana.types("/kquiz schedule pause there").await, @"There is no schedule named `there`. Did you mean **here**?");
    reads!(ana.types("/kquiz schedule add name:spam at:\"daily 09:00\" channel:town:blue_daily").await, @"There is no channel named `blue_daily`.");
    reads!(ana.types("/kquiz season start cup 2026-12-01 channels:town:blue_daily").await, @"There is no channel named `blue_daily`.");
    let there = stage.store.schedules(None).await.expect("the store answers");
    let there = there.iter().find(|schedule| schedule.plan.name == "there").expect("it is live");
    reads!(ana.clicks(&ControlId::AskNow(there.id)).await.text, @"I do not know this button any more. The command that made it still works.");
    assert_eq!(stage.room_of("blue_daily").questions(), 1);
}

#[tokio::test]
async fn a_schedule_by_form_that_ends_with_ask_one_now() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let form = admin.runs("/kquiz schedule add").await.form.expect("it asks for what it needs");
    let id = ControlId::try_from(form.id).expect("it is a control");
    reads!(admin.submits(id.clone(), fields(&[("name", "daily"), ("at", "every now and then")])).await, @"Nothing is changed: cannot read `every now and then` as a time: write `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00` or a cron expression such as `0 9 * * 1-5`.");
    reads!(admin.submits(id.clone(), fields(&[("name", "daily"), ("at", "weekdays 09:00"), ("window", "8h")])).await, @"
    Schedule added.

    **daily** — `weekdays 09:00` from deck cluster in <#daily>  
    Social, or contest in a season, each open for 8 h  
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)

    Ask one now?
    ");
    reads!(admin.submits(id, fields(&[("name", "daily"), ("at", "weekdays 10:00")])).await, @"There is a schedule named **daily** already. Choose another name, or remove that one first.");

    let added = admin.runs("/kquiz schedule add name:second at:\"daily 18:30\" answers:buttons").await;
    let Some(Control::Button { id, label }) = added.controls.first() else { panic!("it asks whether to ask one now") };
    assert_eq!(label, "Ask one now");
    assert_eq!(stage.room().questions(), 0);
    reads!(admin.clicks(id).await.text, @"A question is on its way.");
    assert_eq!(stage.room().questions(), 1);
}

#[tokio::test]
async fn a_new_schedule_is_checked_whole() {
    let stage = Stage::playing(only(&["scheduler", "smallest"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let admin = stage.player("root").admin();
    let mut said = Vec::new();
    for wrong in [
        "name:daily at:\"daily 10:00\"",
        "name:Daily! at:\"daily 10:00\"",
        "name:a at:\"daily 10:00\" timezone:\"x`*y*\"",
        "name:a",
        "name:a at:\"0 0 30 2 *\"",
        "name:a at:\"daily 10:00\" timezone:Europe/Berln",
        "name:a at:\"daily 10:00\" deck:clusters",
        "name:a at:\"daily 10:00\" topic:history",
        "name:a at:\"daily 10:00\" kinds:choice,guess",
        "name:a at:\"daily 10:00\" window:soon",
        "name:a at:\"daily 10:00\" style:contest answers:reactions",
        "name:a at:\"daily 10:00\" answers:reactions kinds:text",
        "name:a at:\"daily 10:00\" channel:mars:base",
    ] {
        said.push(format!("{wrong}\n  {}", admin.types(&format!("/kquiz schedule add {wrong}")).await));
    }
    reads!(said.join("\n"), @r#"
    name:daily at:"daily 10:00"
      There is a schedule named **daily** already. Choose another name, or remove that one first.
    name:Daily! at:"daily 10:00"
      Nothing is changed: `Daily!` cannot be a schedule's name: use 1 to 40 lower case letters, digits and dashes, such as `daily-quiz`.
    name:a at:"daily 10:00" timezone:"x`*y*"
      Nothing is changed: `x'*y*` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`.
    name:a
      `at` is missing. When: weekdays 09:00, daily 18:30, mon,thu 08:00 or cron.  
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.
    name:a at:"0 0 30 2 *"
      Nothing is changed: `0 0 30 2 *` never fires: no day is on the calendar for it; `0 9 * * 1-5` fires on weekdays at 09:00.
    name:a at:"daily 10:00" timezone:Europe/Berln
      Nothing is changed: `Europe/Berln` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `Europe/Berlin`?
    name:a at:"daily 10:00" deck:clusters
      There is no deck named `clusters`. Did you mean **cluster**?
    name:a at:"daily 10:00" topic:history
      Nothing is changed: deck `cluster` has no topic `history`; its topics are `architecture`, `pods`.
    name:a at:"daily 10:00" kinds:choice,guess
      There is no kind named `guess`. What there is: choice, multiple, list, text, command.
    name:a at:"daily 10:00" window:soon
      Nothing is changed: cannot read `soon` as a duration: write `20s`, `30m`, `8h`, `1h30m` or `2d`.
    name:a at:"daily 10:00" style:contest answers:reactions
      Nothing is changed: a contest keeps answers secret until the close, and reactions are seen by all: leave only buttons, or make it social.
    name:a at:"daily 10:00" answers:reactions kinds:text
      Nothing is changed: only reactions are open, and no card that the schedule may ask has options to react to: open replies or buttons too.
    name:a at:"daily 10:00" channel:mars:base
      `channel` cannot be `mars:base`: it is a channel of this space, such as #daily-quiz.  
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.
    "#);
    assert_eq!(stage.store.schedules(None).await.expect("the store answers").len(), 1);
    reads!(admin.types("/kquiz schedule remove daily").await, @"**daily** is set in the configuration file, so it is changed there.");
}

#[tokio::test]
async fn rounds_by_hand() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, admin, ana) = (stage.room(), stage.player("root").admin(), stage.player("ana"));
    reads!(admin.types("/kquiz round show").await, @"No question was asked in this channel yet.");
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    reads!(admin.types("/kquiz round show").await, @"
    Which component picks a node for a new Pod?

    Round 1 is open, closes in 1 d. 1 player answered so far.
    ");
    reads!(ana.types("/kquiz round cancel").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(admin.types("/kquiz round cancel").await, @"Round 1 is cancelled and counts for nothing.");
    reads!(admin.types("/kquiz round close 1").await, @"Round 1 is over already.");
    reads!(room.shows(), @"
    [q1 (edited)] Which component picks a node for a new Pod?

    1️⃣ kube-scheduler
    2️⃣ kube-apiserver
    3️⃣ kubelet
    4️⃣ etcd

    **Cancelled.** This round counts for nothing.
    ");
    assert_eq!(
        ana.types("/kquiz stats").await,
        "You have no closed round yet. Your figures begin with your first one."
    );
}

#[tokio::test]
async fn a_space_s_zone() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let admin = stage.player("root").admin();
    reads!(admin.types("/kquiz settings timezone").await, @"This space sets no time zone and goes by the default, **Europe/Berlin**. An admin changes it with `/kquiz settings timezone Europe/Berlin`.");
    reads!(admin.types("/kquiz settings timezone Asia/Tokio").await, @"Nothing is changed: `Asia/Tokio` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `Asia/Tokyo`?");
    reads!(admin.types("/kquiz settings timezone Asia/Tokyo").await, @"This space goes by **Asia/Tokyo** from now on. Rounds and seasons that have begun keep their times.");
    stage.until("2026-11-24 00:59").await;
    assert_eq!(stage.room().questions(), 0);
    stage.until("2026-11-24 01:01").await;
    assert_eq!(stage.room().questions(), 1, "09:00 in Tokyo is 01:00 in Berlin");
}

#[tokio::test]
async fn decks_are_shown_without_answers() {
    let stage = Stage::bare().await;
    let ana = stage.player("ana");
    reads!(ana.types("/kquiz deck list").await, @"
    🗂 **Decks**

    **cluster** — 5 cards; 3 topics: architecture, pods, tools
    ");
    reads!(ana.types("/kquiz deck show cluster topic:architecture").await, @"
    🗂 **Deck cluster on architecture**: 2 cards, page 1 of 1

    Which component picks a node for a new Pod? (level 1, architecture)  
    Name the components of the control plane. (level 1, architecture)
    ");
    reads!(ana.types("/kquiz deck show clutser").await, @"There is no deck named `clutser`. Did you mean **cluster**?");
    reads!(ana.types("/kquiz leaderbord").await, @"I do not know `/kquiz leaderbord`; did you mean `leaderboard`? It goes on with one of ask, schedule, leaderboard, mine, stats, season, deck, settings, round, dispute, player, privacy, help.");
}

#[tokio::test]
async fn a_host_by_the_platform_s_id_need_not_be_known() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (bo, admin) = (stage.player_in("bo", "red_daily"), stage.player_in("root", "red_daily").admin());
    reads!(admin.types("/kquiz settings hosts add:town:/bo,town:ops").await, @"Hosts are now: town:ops and town:red/bo.");
    reads!(bo.types("/kquiz ask").await, @"A question is on its way.");
    let there = stage.player_in("bo", "blue_daily");
    reads!(there.types("/kquiz ask").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(admin.types("/kquiz settings hosts remove:town:/bo,town:ops").await, @"There are no hosts any more.");
}

#[tokio::test]
async fn a_form_that_asks_for_what_a_command_lacks() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (admin, ana) = (stage.player("root").admin(), stage.player("ana"));
    admin.types("/kquiz schedule add name:daily at:\"daily 09:00\"").await;
    let form = |words: &str| ControlId::Command(words.to_owned());
    let skip = [("name", "daily"), ("date", "2026-12-24")];
    reads!(ana.submits(form("kquiz schedule skip"), fields(&skip)).await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(admin.submits(form("kquiz schedule skip"), fields(&skip)).await, @"**daily** asks nothing on Thu 24 Dec 2026.");
    reads!(admin.submits(form("kquiz schedule skip"), fields(&skip[..1])).await, @"
    `date` is missing. The day: 2026-12-24.  
    It is written `/kquiz schedule skip NAME DATE`, for example `/kquiz schedule skip daily 2026-12-24`.
    ");
    reads!(admin.submits(form("kquiz nothing"), fields(&[])).await, @"I do not know this command any more.");
    let pause = [("name", "daily"), ("until", "")];
    reads!(admin.submits(form("kquiz schedule pause"), fields(&pause)).await, @"**daily** is paused. `/kquiz schedule resume daily` wakes it.");
}
