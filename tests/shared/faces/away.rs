//! Scenes that are the same on every platform that goes on without kcard: it is dead for a while, or does not hear what became of a post.

use crate::{
    deck::only,
    faces::{Face, asked, closes, counts, plain},
    whole::moment,
};

/// A face whose platform goes on without kcard.
pub trait Platform: Face {
    /// The process starts and is connected.
    async fn revives(&self);

    /// The process is killed.
    async fn is_killed(&self);

    /// Says something to nobody in particular.
    fn talks(&self, who: &str, text: &str);

    /// Changes the latest reply to the question.
    fn edits_reply(&self, who: &str, text: &str);

    /// The latest question is deleted by who may.
    fn loses_question(&self);

    /// The platform takes the next post, and its answer is lost.
    fn loses_posts_answer(&self);

    /// It makes the next edit, and its answer is lost.
    fn loses_edits_answer(&self);

    /// How often a message was sent to it.
    fn posts(&self) -> usize;
}

/// One test for each scene that needs a platform of its own.
macro_rules! every_outage {
    ($face:ty) => {
        $crate::faces::plays! { $face: away:
            twenty_minutes_in_which_people_changed_their_minds
            away_over_the_close
            a_question_deleted_meanwhile_is_closed_with_the_answers_it_had
            a_post_whose_answer_is_lost_is_found
            a_post_is_found_after_an_outage_of_ten_minutes
            a_reveal_and_an_edit_whose_answers_are_lost_are_there_once
        }
    };
}

pub(crate) use every_outage;

pub async fn twenty_minutes_in_which_people_changed_their_minds<P: Platform>() {
    let face: P = asked(&["scheduler"]).await;
    face.reacts("ana", 1).await;
    face.reacts("bo", 3).await;
    face.replies("cy", "etcd").await;
    counts(&face, "ana", Some("etcd")).await;
    counts(&face, "bo", Some("kube-scheduler")).await;
    counts(&face, "cy", Some("etcd")).await;

    face.is_killed().await;
    face.unreacts("ana", 1).await;
    face.reacts("ana", 3).await;
    face.unreacts("bo", 3).await;
    face.clock.set(moment("2026-11-23 09:10"));
    face.replies("cy", "kubelet").await;
    face.replies("dee", "kube-scheduler").await;
    // Both stand, and nobody knows which came last.
    face.reacts("eve", 1).await;
    face.reacts("eve", 2).await;
    face.clock.set(moment("2026-11-23 09:20"));
    face.revives().await;
    face.work().await;
    for (who, answer) in [
        ("ana", Some("kube-scheduler")),
        ("bo", None),
        ("cy", Some("kubelet")),
        ("dee", Some("kube-scheduler")),
        ("eve", None),
    ] {
        counts(&face, who, answer).await;
    }
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("🏅 ana 10 points and dee 10 points"), "{reveal}");
}

/// What came or was changed after the close does not count, but for reactions: nobody knows when they came.
pub async fn away_over_the_close<P: Platform>() {
    let face: P = asked(&["scheduler"]).await;
    face.is_killed().await;
    face.clock.set(moment("2026-11-23 09:50"));
    face.replies("bo", "kube-scheduler").await;
    face.replies("cy", "etcd").await;
    face.clock.set(moment("2026-11-23 10:05"));
    face.reacts("ana", 3).await;
    face.edits_reply("cy", "kube-scheduler");
    face.replies("dee", "kube-scheduler").await;
    face.revives().await;
    face.until("2026-11-23 10:06").await;
    let reveal = plain(&face.reveals().await[0]);
    assert!(reveal.contains("2 players answered"), "{reveal}");
    assert!(reveal.contains("🏅 ana 10 points and bo 10 points"), "{reveal}");
    assert_eq!(face.store.verify().await.expect("the store answers"), []);
}

pub async fn a_question_deleted_meanwhile_is_closed_with_the_answers_it_had<P: Platform>() {
    let face: P = asked(&["scheduler"]).await;
    face.presses("ana", "kube-scheduler").await;
    face.is_killed().await;
    face.loses_question();
    face.revives().await;
    face.until("2026-11-23 09:05").await;
    assert!(plain(&face.channel().await).contains("🏅 ana 10 points"), "{}", face.channel().await);
    assert_eq!(face.store.verify().await.expect("the store answers"), []);
}

pub async fn a_post_whose_answer_is_lost_is_found<P: Platform>() {
    let face = not_asked_yet::<P>().await;
    face.loses_posts_answer();
    face.until("2026-11-23 09:01").await;
    assert_eq!((face.questions().await.len(), face.posts()), (1, 1), "it was found, and not sent again");
    face.reacts("ana", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
}

pub async fn a_post_is_found_after_an_outage_of_ten_minutes<P: Platform>() {
    let face = not_asked_yet::<P>().await;
    face.loses_posts_answer();
    face.until("2026-11-23 09:00").await;
    face.replies("ana", "kube-scheduler").await;
    (0..250).for_each(|number| face.talks("ana", &format!("chat {number}")));
    face.clock.set(moment("2026-11-23 09:10"));
    face.until("2026-11-23 09:11").await;
    assert_eq!(face.questions().await.len(), 1);
    counts(&face, "ana", Some("kube-scheduler")).await;
}

pub async fn a_reveal_and_an_edit_whose_answers_are_lost_are_there_once<P: Platform>() {
    let face: P = asked(&["scheduler"]).await;
    face.loses_edits_answer();
    face.loses_posts_answer();
    face.until("2026-11-23 10:00").await;
    face.until("2026-11-23 10:20").await;
    closes(&face).await;
    assert!(plain(&face.questions().await[0]).contains("Closed."), "{}", face.questions().await[0]);
    assert_eq!(face.posts(), 2, "the question and its reveal");
}

async fn not_asked_yet<P: Platform>() -> P {
    P::sets(only(&["scheduler"]), |plan| plan).await
}
