//! Commands: who may, and a file per group of them. Words come from `chat::words`, rules from `quiz`.

mod ask;
mod decks;
mod dispute;
mod home;
pub(super) mod leaderboard;
pub(super) mod named;
mod new_deck;
mod new_schedule;
mod own;
mod player;
mod privacy;
mod round;
pub(super) mod schedule;
mod season;
mod settings;

use named::Stop;

use super::Inner;
use crate::{
    chat::{
        Caller, ControlId, FormSpec, Reply, Upload,
        command::{Command, Who, help::help, parse},
        words,
    },
    measure::COMMANDS,
    quiz::correction::Accepted,
    store::StoreError,
};

impl Inner {
    /// A command line.
    pub(super) async fn line(&self, caller: Caller, line: &str) -> Reply {
        match parse(line, caller.player.face()) {
            Ok(command) => self.command(caller, command).await,
            Err(error) => words::trouble::usage(&error),
        }
    }

    /// A command, understood: done where the caller may.
    pub(super) async fn command(&self, caller: Caller, command: Command) -> Reply {
        COMMANDS.count(&[self.face_of(caller.player.face())]);
        if caller.is_outside() && !command.is_for_all_spaces() {
            return words::trouble::outside();
        }
        let needed = command.who();
        if !self.may(&caller, needed) {
            return refusal(&caller, needed);
        }
        // One of all commands at a time, but the room for the largest: on the heap.
        let done = Box::pin(self.do_command(&caller, command)).await;
        said("command", done)
    }

    /// A command with a file, which is fetched only for those who may give the command.
    pub(super) async fn upload(
        &self,
        caller: Caller,
        command: Command,
        file: impl Future<Output = Result<Upload, Reply>>,
    ) -> Reply {
        if caller.is_outside() || !self.may(&caller, command.who()) {
            return self.command(caller, command).await;
        }
        match file.await {
            Ok(file) => self.command(caller, command.with(file)).await,
            Err(why) => why,
        }
    }

    async fn do_command(&self, caller: &Caller, command: Command) -> Result<Reply, Stop> {
        match command {
            Command::Card { topic, deck, public } => self.card(caller, topic, deck.as_deref(), public).await,
            Command::Ask { deck, topic, kind, card } => {
                self.ask_here(caller, ask::Wish { deck, topic, kind, card }).await
            }
            Command::ScheduleAdd(args) => self.schedule_add(caller, *args).await,
            Command::ScheduleList => self.schedule_list(caller).await,
            Command::SchedulePause { name, until } => self.schedule_pause(caller, &name, until).await,
            Command::ScheduleResume { name } => self.schedule_resume(caller, &name).await,
            Command::ScheduleSkip { name, date } => self.schedule_skip(caller, &name, date).await,
            Command::ScheduleRemove { name } => self.schedule_remove(caller, &name).await,
            Command::Leaderboard { period, season, page } => self.leaderboard(caller, period, season, page).await,
            Command::Mine => self.mine(caller).await,
            Command::Stats => self.stats(caller).await,
            Command::SeasonStart { name, ends, channels } => self.season_start(caller, &name, ends, channels).await,
            Command::SeasonEnd { name } => self.season_end(caller, &name).await,
            Command::SeasonRecount { name } => self.season_recount(caller, &name).await,
            Command::SeasonList => self.season_list(caller).await,
            Command::SeasonShow { name } => self.season_show(caller, name.as_deref()).await,
            Command::DeckAdd(file) => self.deck_add(caller, file).await,
            Command::DeckCheck(file) => self.deck_check(caller, file).await,
            Command::DeckRemove { deck } => self.deck_remove(caller, &deck).await,
            Command::DeckList => Ok(self.deck_list(caller)),
            Command::DeckShow { deck, topic, page } => self.deck_show(caller, &deck, topic.as_deref(), page),
            Command::SettingsTimezone { zone } => self.settings_timezone(caller, zone).await,
            Command::SettingsHosts { add, remove } => self.settings_hosts(caller, &add, &remove).await,
            Command::RoundShow { round } => self.round_show(caller, round).await,
            Command::RoundClose { round } => self.round_close(caller, round).await,
            Command::RoundCancel { round } => self.round_cancel(caller, round).await,
            Command::RoundRemark { round, answer, item, why } => {
                self.round_remark(caller, round, Accepted { answer, item }, why).await
            }
            Command::DisputeList => self.dispute_list(caller).await,
            Command::DisputeAccept { case, answer, item, why } => {
                self.dispute_accept(caller, case, answer, item, why).await
            }
            Command::DisputeRefuse { case, why } => self.dispute_refuse(caller, case, why).await,
            Command::PlayerBar { player, reason } => self.player_bar(caller, &player, &reason).await,
            Command::PlayerUnbar { player } => self.player_unbar(caller, &player).await,
            Command::PlayerVoid { player, round, reason, undo } => {
                self.player_void(caller, &player, round, reason, undo).await
            }
            Command::Privacy(act) => self.privacy(caller, act).await,
            Command::Help { about } => Ok(Reply::private(help(about.as_deref(), self.who(caller)))),
        }
    }
}

/// What a person hears who may not; where the platform only did not say what they may, that it works later.
fn refusal(caller: &Caller, needed: Who) -> Reply {
    if caller.unsure { words::trouble::busy() } else { words::trouble::not_allowed(needed) }
}

/// The form that asks for a command's options.
fn form(words: &str) -> Option<FormSpec> {
    ControlId::Command(words.to_owned()).form()
}

/// What a person hears of what was done for them.
pub(super) fn said(doing: &str, done: Result<Reply, Stop>) -> Reply {
    match done {
        Ok(reply) => reply,
        Err(Stop::Said(reply)) => reply.refused(),
        Err(Stop::Failed(error)) => trouble(doing, &error),
    }
}

/// Something failed: the log hears what, the person that it did.
pub(super) fn trouble(doing: &str, error: &StoreError) -> Reply {
    match error {
        StoreError::Busy(_) => {
            tracing::warn!(doing, %error, "the store is busy");
            words::trouble::busy()
        }
        StoreError::Database(_) => {
            tracing::error!(doing, %error, "the store failed");
            words::trouble::ours()
        }
    }
}
