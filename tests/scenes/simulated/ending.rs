//! The end of a sequence: the bot and the model are held against each other.

use jiff::{SignedDuration, Timestamp};
use kcard::quiz::schedule::due::SkipReason;
use proptest::{prop_assert, prop_assert_eq};

use super::play::{Held, Play, SCHEDULES};
use crate::reveal::Reveal;

impl Play {
    /// All comes to its end, and is as the model says.
    pub async fn ends(mut self) -> Held {
        self.is_away(false);
        self.stage.hears();
        self.stage.starts().await;
        self.works().await?;
        self.stage.plans(Vec::new());
        self.stage.starts().await;
        for _ in 0..40 {
            self.stage.work().await;
            self.stage.clock.advance(SignedDuration::from_mins(31));
        }
        prop_assert!(
            self.stage.store.open_rounds(None).await.expect("the store answers").is_empty(),
            "a round stays open"
        );
        prop_assert_eq!(
            self.stage.store.next_parcel().await.expect("the store answers"),
            None,
            "something waits to be sent"
        );
        prop_assert_eq!(self.stage.store.verify().await.expect("the store answers"), Vec::new());
        for (name, _, slots) in SCHEDULES {
            let stored = self.slots(name).await;
            let last = stored.first().map_or(self.began, |(slot, _)| *slot);
            let known: Vec<Timestamp> = stored.iter().rev().map(|(slot, _)| *slot).collect();
            prop_assert_eq!(known, slots(self.began, last), "the slots of {}", name);
            let good =
                |reason: &Option<SkipReason>| matches!(reason, None | Some(SkipReason::Newer | SkipReason::TooLate));
            prop_assert!(stored.iter().all(|(_, reason)| good(reason)), "the reasons: {:?}", stored);
            let asked = stored.iter().filter(|(_, skipped)| skipped.is_none()).count();
            let hosts = if name == "hourly" { self.asked } else { 0 };
            let questions = self.keys(name, "q");
            prop_assert!(
                questions.len() >= asked && questions.len() <= asked + hosts,
                "{}: {} asked, {:?}",
                name,
                asked,
                questions
            );
            self.revealed(name, &questions)?;
        }
        Ok(())
    }

    /// Every question stands once and is revealed once, as the model says.
    fn revealed(&self, channel: &str, questions: &[String]) -> Held {
        for key in questions {
            prop_assert_eq!(questions.iter().filter(|other| *other == key).count(), 1, "{} stands twice", key);
            let reveal = key.replace('q', "r");
            let reveals = self.keys(channel, &reveal).into_iter().filter(|other| *other == reveal).count();
            prop_assert_eq!(reveals, 1, "{} is revealed {} times", key, reveals);
            let place = self.stage.room_of(channel).channel;
            let text = self.stage.platform.question(&place, Some(&reveal), |message| message.post.text.clone());
            let reveal = Reveal::read(&text);
            let Some(round) = self.rounds.get(key) else { continue };
            let mut answered = (0, 0);
            for (who, acts) in &round.acts {
                let back = round.clock_went_back;
                let possible = if round.typed { acts.best(back) } else { acts.chosen(back) };
                answered.0 += usize::from(!possible.contains(&None));
                answered.1 += usize::from(possible.iter().any(Option::is_some));
                let scored = reveal.points.contains_key(*who);
                let fits = possible.iter().any(|stands| (*stands == Some(true)) == scored);
                prop_assert!(
                    fits,
                    "{} may have {:?} in {} by {:?}, and it says {:?}",
                    who,
                    possible,
                    key,
                    acts,
                    reveal
                );
            }
            let fits = (answered.0..=answered.1).contains(&reveal.answered);
            prop_assert!(fits, "{:?} answered {}, and it says {:?}: {:?}", answered, key, reveal, round);
        }
        Ok(())
    }
}
