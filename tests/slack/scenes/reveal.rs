//! The reveal.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn it_stands_in_the_questions_thread() {
    let stage = Stage::daily(only(&["control-plane"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.replies_in_thread(&question, "etcd, scheduler");
    stage.closes().await;
    let reveal = question.replied(2).await;
    assert_snapshot!(reveal.shows(), @"
    kcard:
    │ ✅ The whole list: *kube-apiserver*, *etcd*, *kube-scheduler* and *kube-controller-manager*
    │ 
    │ So it is written.
    │ 
    │ Source: https://kubernetes.io/docs/concepts/ (https://kubernetes.io/docs/concepts/)
    │ 
    │ 1 player answered.
    │ ✅ *kube-apiserver* — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ ✅ *etcd* — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    │ ✅ *kube-scheduler* — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    │ ✅ *kube-controller-manager* — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 
    │ 🏅 *ana* 5 points
    │ [Dispute]
    ");
    assert_snapshot!(question.shows(), @"
    kcard (edited):
    │ Name the components of the control plane.
    │ 
    │ ✅ *kube-apiserver* — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ ✅ *etcd* — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    │ ✅ *kube-scheduler* — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    │ ✅ *kube-controller-manager* — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 
    │ *Closed.* 1 player answered.
    │ *Level:* 1 of 5 · *Topic:* architecture
    ");
    assert_eq!(stage.daily.of_bot().len(), 1, "the channel has the question alone");
}

#[tokio::test]
async fn where_the_question_was_deleted_it_stands_in_the_channel() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, root) = (stage.slack.person("ana"), stage.slack.admin("root"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    root.deletes(&question);
    stage.slack.all_heard().await;
    stage
        .lives("the reveal", async || {
            stage.daily.of_bot().iter().any(|message| message.shows().contains("10 points")).then_some(())
        })
        .await;
}
