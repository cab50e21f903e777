//! The log tells that somebody answered, and never what.

use super::log::Log;
use crate::{
    faces::{SAID, answers_by_every_way},
    stage::Stage,
};

#[tokio::test]
async fn what_people_answer_is_in_no_log() {
    let log = Log::keeps();
    answers_by_every_way::<Stage>().await;
    assert_eq!(log.says("an answer").len(), 5, "each is told, with what to search by: {:?}", log.says(""));
    assert!(log.says("an answer").iter().all(|line| line.contains("round=") && line.contains("player=")));
    for said in SAID {
        assert_eq!(log.says(said), Vec::<String>::new());
    }
}
