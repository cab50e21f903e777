//! What players give, change and take back, by every way.

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_change_of_mind_and_a_withdrawal_by_reactions() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    ana.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    ana.unreacts(&question, "3️⃣");
    stage.counts(&ana, Some("etcd")).await;
    ana.unreacts(&question, "1️⃣");
    stage.counts(&ana, None).await;
}
