//! `/kquiz schedule add`: read, checked whole, and only then stored.

use crate::{
    bot::{
        Inner,
        commands::{
            form,
            named::{self, Stop},
        },
    },
    chat::{
        Caller, Reply,
        command::ScheduleArgs,
        words::{self, schedules::refused, trouble::no_such},
    },
    quiz::{
        draw::Filter,
        id::{ChannelId, SpaceId},
        question::Kind,
        round::{Feedback, OpenWay, Reveal, Style, Ways},
        schedule::{DEFAULT_ATTEMPTS, Pattern, Plan, window::parse_duration},
    },
    store::{Schedule, Source},
};

impl Inner {
    pub(super) async fn schedule_add(&self, caller: &Caller, args: ScheduleArgs) -> Result<Reply, Stop> {
        if args == ScheduleArgs::default() {
            return Ok(Reply { form: form("kquiz schedule add"), ..Reply::default() });
        }
        let Some(channel) = args.channel.clone().or_else(|| caller.channel.clone()) else {
            return Err(words::trouble::no_channel().into());
        };
        self.own_channel(caller, &channel).await?;
        // On Discord everyone is a role, which has the server's own id.
        if args.mention.as_deref() == Some(caller.space.as_str()) {
            return Err(words::schedules::not_everyone().into());
        }
        let plan = self.plan(&caller.space, &channel, args)?;
        let now = self.clock.now();
        let Some(id) = self.store.add_schedule(&caller.space, &plan, now).await? else {
            return Err(words::schedules::name_taken(&plan.name).into());
        };
        tracing::info!(schedule = id.0, channel = %plan.channel, by = %caller.player, "added a schedule");
        self.memory.set_schedules(&self.store.schedules(None).await?);
        self.wakes.tick.notify_one();
        let zone = self.zone_of(&caller.space, &plan);
        let schedule = Schedule {
            id,
            space: caller.space.clone(),
            plan,
            source: Source::Chat,
            paused_until: None,
            settled: now,
            problem: None,
        };
        Ok(words::schedules::added(id, &self.schedule_view(&schedule, &zone)))
    }

    /// The plan that was meant, or what is wrong with it.
    fn plan(&self, space: &SpaceId, channel: &ChannelId, args: ScheduleArgs) -> Result<Plan, Stop> {
        let (Some(name), Some(at)) = (args.name, args.at) else { return Err(words::schedules::incomplete().into()) };
        let decks = self.memory.decks(space);
        let deck = match &args.deck {
            Some(name) => named::deck(&decks, name)?,
            None => decks.all().next().ok_or_else(words::schedules::nothing_to_ask)?,
        };
        let style = args
            .style
            .map(|word| one_of("style", &word, &Style::ALL.map(|style| (style.word(), style))))
            .transpose()?;
        let kinds = args.kinds.map(|words| many_of("kind", &words, &Kind::ALL.map(|kind| (kind.word(), kind))));
        let ways = args
            .answers
            .map(|words| many_of("way to answer", &words, &OpenWay::ALL.map(|way| (way.word(), way))))
            .transpose()?;
        let feedback = args
            .feedback
            .map(|word| one_of("feedback", &word, &Feedback::ALL.map(|feedback| (feedback.word(), feedback))))
            .transpose()?;
        let reveal = args
            .reveal
            .map(|word| one_of("reveal", &word, &Reveal::ALL.map(|reveal| (reveal.word(), reveal))))
            .transpose()?;
        let window = args.window.map(|text| parse_duration(&text)).transpose().map_err(reason)?;
        let pattern = Pattern::parse(&at).map_err(reason)?;
        let plan = Plan {
            filter: Filter {
                topic: args.topic,
                exam: args.exam,
                level: args.level,
                kinds: kinds.transpose()?.unwrap_or_default(),
            },
            timezone: args.timezone,
            window_ms: window.and_then(|window| i64::try_from(window.as_millis()).ok()),
            style,
            ways: ways.map(|ways| Ways(ways.into_iter().collect())),
            attempts: args.attempts.unwrap_or(DEFAULT_ATTEMPTS),
            feedback: feedback.unwrap_or_default(),
            thread: args.thread,
            mention: args.mention,
            reveal: reveal.unwrap_or_default(),
            ..Plan::new(name, channel.clone(), deck.id.clone(), pattern)
        };
        plan.check().and_then(|()| plan.check_deck(deck)).map_err(reason)?;
        Ok(plan)
    }
}

/// What a word means, or which words there are.
fn one_of<T: Copy>(what: &str, word: &str, meanings: &[(&str, T)]) -> Result<T, Stop> {
    let word = word.trim();
    let found = meanings.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    let known = meanings.iter().map(|(known, _)| *known);
    Ok(found.map(|(_, meaning)| *meaning).ok_or_else(|| no_such(what, word, known))?)
}

/// What words between commas mean.
fn many_of<T: Copy>(what: &str, words: &str, meanings: &[(&str, T)]) -> Result<Vec<T>, Stop> {
    words.split(',').map(|word| one_of(what, word, meanings)).collect()
}

fn reason(error: impl std::error::Error) -> Stop {
    refused(&error.to_string()).into()
}
