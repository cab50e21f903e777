//! What kcard is in Slack, as the text by which a workspace makes the app (Slack's documentation, "App manifest reference").

use crate::chat::command::{COMMANDS, definition::GROUPS};

/// How Slack and kcard talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// kcard connects to Slack; nothing has to be reachable from outside.
    Socket,
    /// Slack calls kcard here.
    Http {
        /// `https://quiz.example.org`, without a slash at its end.
        address: String,
    },
}

/// What kcard may do in a workspace, and what for.
pub const SCOPES: &[(&str, &str)] = &[
    ("chat:write", "questions, reveals and answers to people"),
    ("commands", "`/kcard`, `/kquiz` and the message shortcut"),
    ("reactions:read", "answers by reaction"),
    ("reactions:write", "the number reactions under a question, and the sign that a reply is in"),
    ("channels:history", "answers in threads of public channels, also those given while kcard was away"),
    ("groups:history", "the same in private channels"),
    ("im:history", "what is written to kcard alone"),
    ("im:write", "telling one person something that no channel is to read"),
    ("channels:read", "whether a public channel is there and kcard is in it"),
    ("groups:read", "the same of private channels"),
    ("users:read", "names, and who is an admin"),
    ("usergroups:read", "hosts by user group"),
    ("files:read", "decks that are uploaded"),
    ("files:write", "`/kquiz privacy export` and other files that kcard hands over"),
];

/// What Slack tells kcard of.
const EVENTS: &[&str] = &[
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "group_archive",
    "group_deleted",
    "group_left",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
    "user_change",
];

/// The manifest, as YAML.
pub fn yaml(mode: &Mode) -> String {
    let address = |path: &str| match mode {
        Mode::Socket => None,
        Mode::Http { address } => Some(quoted(&format!("{address}/slack/{path}"))),
    };
    let line = |indent: usize, name: &str, value: Option<String>| {
        value.map(|value| format!("{}{name}: {value}\n", " ".repeat(indent))).unwrap_or_default()
    };
    let commands = ["kcard", "kquiz"].map(|word| {
        format!(
            "    - command: /{word}\n{}      description: {}\n      usage_hint: {}\n      should_escape: true\n",
            line(6, "url", address("commands")),
            quoted(about(word)),
            quoted(&hint(word)),
        )
    });
    let list = |items: Vec<&str>, indent: usize| {
        items.into_iter().map(|item| format!("{}- {item}\n", " ".repeat(indent))).collect::<Vec<_>>().concat()
    };
    format!(
        "\
display_information:
  name: kcard
  description: \"A quiz for your team: flashcards on a schedule, and a leaderboard\"
  background_color: \"#1f3a5f\"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: kcard
    always_online: true
  shortcuts:
    - name: kcard
      type: message
      callback_id: kcard
      description: Answer this question, or give kcard a command in a thread
  slash_commands:
{}oauth_config:
  scopes:
    bot:
{}settings:
  event_subscriptions:
{}    bot_events:
{}  interactivity:
    is_enabled: true
{}  org_deploy_enabled: false
  socket_mode_enabled: {}
  token_rotation_enabled: false
",
        commands.concat(),
        list(SCOPES.iter().map(|(scope, _)| *scope).collect(), 6),
        line(4, "request_url", address("events")),
        list(EVENTS.to_vec(), 6),
        line(4, "request_url", address("interactions")),
        *mode == Mode::Socket,
    )
}

/// What a command of this first word does.
fn about(word: &str) -> &'static str {
    let group = GROUPS.iter().find(|(words, _)| *words == word).map(|(_, about)| *about);
    let command = || COMMANDS.iter().find(|spec| *spec.words == [word]).map(|spec| spec.about);
    group.or_else(command).unwrap_or("A quiz")
}

/// What can stand after it: the options of a command, or the words that go on.
fn hint(word: &str) -> String {
    let mut hints: Vec<String> = Vec::new();
    for spec in COMMANDS.iter().filter(|spec| spec.words[0] == word) {
        match spec.words.get(1) {
            None => hints.extend(spec.options.iter().map(|option| format!("[{}]", option.name))),
            Some(next) if hints.iter().any(|hint| hint == next) => {}
            Some(next) => hints.push((*next).to_owned()),
        }
    }
    hints.join(if hints.iter().any(|hint| hint.starts_with('[')) { " " } else { " | " })
}

/// A text as YAML takes it whatever is in it: JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
