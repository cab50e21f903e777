//! What must hold at the end, from what the stand-in, the players and the host saw. The store is read for its slots alone; `kcard`'s own
//! commands say the rest.

mod answers;
mod slots;

use std::collections::BTreeMap;

use crate::{
    platform::{Platform, Question},
    seasons::Fate,
    world::World,
};

/// Checks all of it.
pub async fn all<P: Platform>(world: &World<P>) {
    let channels = world.platform.channels().len();
    let questions: Vec<_> = (0..channels).flat_map(|channel| world.platform.questions(channel)).collect();
    let mut wrong = once(&questions);
    wrong.extend(slots::wrong(world, &questions).await);
    wrong.extend(answers::wrong(world, &questions));
    wrong.extend(seasons(world));
    wrong.extend(world.platform.violations());
    let verified = world.place.says(&["store", "verify"]);
    if verified.code != Some(0) {
        wrong.push(format!("`kcard store verify` says:\n{}{}", verified.out, verified.err));
    }
    let (answers, told) = world.game.records.counts();
    println!("{} questions, {answers} answers, {told} presses and forms told to be in", questions.len());
    assert!(wrong.is_empty(), "{} things are wrong:\n{}\n{}", wrong.len(), wrong.join("\n"), world.place.log());
    assert!(questions.len() > channels && answers > questions.len(), "the world was played");
}

/// Every question stands once, in one channel.
fn once<M>(questions: &[Question<M>]) -> Vec<String> {
    let mut rounds: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for question in questions {
        rounds.entry(question.round).or_default().push(question.channel);
    }
    let doubled = rounds.into_iter().filter(|(_, channels)| channels.len() > 1);
    doubled
        .map(|(round, channels)| format!("the question of round {round} stands in the channels {channels:?}"))
        .collect()
}

/// Every season that ended was announced once in its channel, and no other.
fn seasons<P: Platform>(world: &World<P>) -> Vec<String> {
    let wrong = |season: crate::seasons::Season| {
        let over = format!("Season {} is over!", season.name);
        let announced = world.platform.notes(season.channel).iter().filter(|note| note.contains(&over)).count();
        let right = match season.fate {
            Fate::Ended => announced == 1,
            Fate::NeverBegan => announced == 0,
            Fate::Unknown => false,
        };
        (!right).then(|| format!("a season was announced {announced} times: {season:?}"))
    };
    world.seasons.all().into_iter().filter_map(wrong).collect()
}
