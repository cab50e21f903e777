//! `kcard doctor discord` and `kcard invite discord`, the real binary against the stand-in.

use jiff::{SignedDuration, Timestamp};

use crate::{
    deck::only,
    process::{Home, Said, run},
    stage::Stage,
    standin::{Channel, permissions},
};

const SEND: u64 = 1 << 11;
const REACT: u64 = 1 << 6;

/// A server `Team` with what kcard needs, and a home that asks in `daily` there.
struct Clinic {
    stage: Stage,
    home: Home,
}

impl Clinic {
    async fn opens() -> Self {
        let clinic = Self { stage: Stage::set(only(&["scheduler"])).await, home: Home::new() };
        clinic.asks_in(&clinic.stage.daily, "");
        clinic
    }

    fn asks_in(&self, channel: &Channel, more: &str) {
        let schedule =
            format!("[[schedule]]\nname = \"daily\"\nchannel = \"discord:{}\"\nat = \"daily 09:00\"\n", channel.id);
        self.home.write("kcard.toml", &(schedule + more));
    }

    async fn says(&self, words: &[&str]) -> Said {
        let mut command = self.home.kcard(&[words, &["--config", "kcard.toml", "--data", "data"]].concat());
        let discord = &self.stage.discord;
        command.env("DISCORD_TOKEN", discord.token()).env("DISCORD_API_URL", discord.api_url());
        let said = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
        assert!(!said.out.contains(&discord.token()) && !said.err.contains(&discord.token()), "{}", said.out);
        said
    }

    /// The lines of the table, without the padding, with the exit code.
    async fn examines(&self) -> (Option<i32>, String) {
        let Said { code, out, err } = self.says(&["doctor", "discord"]).await;
        assert_eq!(err, "", "{out}");
        let words = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        (code, words.collect::<Vec<_>>().join("\n"))
    }
}

/// Without a platform's name it looks at everything, Discord among it.
#[tokio::test(flavor = "multi_thread")]
async fn everything_has_discord_in_it() {
    let clinic = Clinic::opens().await;
    let Said { code, out, .. } = clinic.says(&["doctor"]).await;
    assert_eq!(code, Some(0), "{out}");
    for part in ["free space", "database", "time zones", "Discord: token", "Discord: #daily of Team"] {
        assert!(out.contains(part), "no `{part}` in {out}");
    }
    clinic.stage.discord.revokes_the_token();
    let Said { code, out, .. } = clinic.says(&["doctor"]).await;
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("database") && out.contains("Discord: token") && out.contains("WRONG"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_well() {
    let clinic = Clinic::opens().await;
    clinic.stage.discord.with_message_content(true);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    assert!(!table.contains("WRONG") && !table.contains("could be better"), "{table}");
    for line in
        ["token ok it is the bot kcard", "#daily of Team ok kcard has all it needs", "gateway ok 1 shard, 1000 of 1000"]
    {
        assert!(table.contains(line), "no `{line}` in\n{table}");
    }
    assert_eq!(clinic.stage.discord.identifies(), 0, "looking does not connect");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_privileged_intent_it_works_and_could_be_better() {
    let clinic = Clinic::opens().await;
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    assert!(table.contains("message content intent could be better"), "{table}");
    assert!(table.contains("turn on Message Content Intent"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_named() {
    let clinic = Clinic::opens().await;
    clinic.stage.daily.denies_bot(SEND | REACT);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("#daily of Team WRONG missing: Add Reactions, Send Messages"), "{table}");
    assert!(table.contains("give kcard's role Add Reactions, Send Messages"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_need_more() {
    let clinic = Clinic::opens().await;
    clinic.asks_in(&clinic.stage.daily, "thread = true\n");
    clinic.stage.daily.denies_bot(permissions::CREATE_PUBLIC_THREADS);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("missing: Create Public Threads"), "{table}");
}

/// A thread has its channel's permissions, and one of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_thread_as_the_channel() {
    let clinic = Clinic::opens().await;
    let (root, daily) = (clinic.stage.team.admin("root"), &clinic.stage.daily);
    let thread = root.opens_thread(&root.says(daily, "A quiz?"), "quiz");
    clinic.asks_in(&thread, "");
    daily.denies_bot(SEND);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    daily.denies_bot(permissions::SEND_MESSAGES_IN_THREADS);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("#quiz of Team WRONG missing: Send Messages in Threads"), "{table}");
    daily.denies_bot(0);
    clinic.asks_in(&thread, "thread = true\n");
    let (_, table) = clinic.examines().await;
    assert!(table.contains("no threads can be opened"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_that_are_not_there() {
    let clinic = Clinic::opens().await;
    let elsewhere = clinic.stage.discord.guild_without_bot("Elsewhere").channel("daily");
    clinic.asks_in(&elsewhere, "");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains(&format!("discord:{} WRONG", elsewhere.id)), "{table}");
    assert!(table.contains("kcard invite discord"), "it is told how to mend that:\n{table}");
    clinic.stage.team.deletes(&clinic.stage.daily);
    clinic.asks_in(&clinic.stage.daily, "");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("the channel was deleted"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_would_not_be_pinged() {
    let clinic = Clinic::opens().await;
    let role = clinic.stage.team.role("quizzers", 0);
    clinic.asks_in(&clinic.stage.daily, &format!("mention = \"discord:{role}\"\n"));
    let (_, table) = clinic.examines().await;
    assert!(table.contains("#daily of Team could be better the role will be named and not pinged"), "{table}");
    clinic.stage.team.mentionable(role, true);
    let (_, table) = clinic.examines().await;
    assert!(table.contains("#daily of Team ok"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off() {
    let clinic = Clinic::opens().await;
    let off = |seconds| Timestamp::now() - SignedDuration::from_secs(seconds);
    for (seconds, code, health) in [(15, 0, "could be better"), (-15, 0, "could be better"), (300, 1, "WRONG")] {
        clinic.stage.discord.tells_the_time(off(seconds));
        let (exit, table) = clinic.examines().await;
        assert_eq!(exit, Some(code), "{table}");
        assert!(table.contains(&format!("clock {health}")) && table.contains("turn on NTP"), "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_or_missing() {
    let clinic = Clinic::opens().await;
    clinic.stage.discord.revokes_the_token();
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("token WRONG") && table.contains("Reset Token"), "{table}");
    let mut bare = clinic.home.kcard(&["doctor", "discord", "--config", "kcard.toml"]);
    let Said { code, err, .. } = tokio::task::spawn_blocking(move || run(&mut bare)).await.expect("it ends");
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("DISCORD_TOKEN"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_invitation_asks_for_what_is_needed_and_works() {
    let clinic = Clinic::opens().await;
    let Said { code, out, err } = clinic.says(&["invite", "discord"]).await;
    assert_eq!(code, Some(0), "{err}");
    let application = clinic.stage.discord.application();
    let wanted = format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions=117824\n"
    );
    assert_eq!(out, wanted);
    // What was asked for is enough for a doctor to be content.
    clinic.stage.team.grants_bot(117_824);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    let Said { out, .. } = clinic.says(&["invite", "discord", "--threads"]).await;
    assert!(out.contains(&format!("permissions={}", 117_824_u64 + (1 << 35) + (1 << 38))), "{out}");
}
