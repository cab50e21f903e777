//! The methods of Slack's Web API that kcard calls, and how often each may be called (Slack's documentation, "Methods").

/// How often a method may be called in a workspace, at least (Slack's documentation, "Rate limits").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// 20 a minute.
    Two,
    /// 50 a minute.
    Three,
    /// 100 a minute.
    Four,
    /// Messages in all channels together: "several hundred" a minute.
    Posts,
}

impl Tier {
    /// Calls a minute.
    pub fn a_minute(self) -> u32 {
        match self {
            Self::Two => 20,
            Self::Three => 50,
            Self::Four => 100,
            Self::Posts => 300,
        }
    }
}

/// Whether somebody waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A channel or the bot does: who would have to wait for long comes again.
    Short,
    /// Nobody does: it waits for its turn, however long, and is tried again where Slack asks to wait.
    Long,
}

impl Patience {
    /// How often something is tried that Slack asks to wait with.
    pub fn tries(self) -> u32 {
        match self {
            Self::Short => 1,
            Self::Long => 5,
        }
    }
}

/// A method.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// Slack's name of it.
    pub name: &'static str,
    /// `None`: it is called so seldom that it has no limit here.
    pub tier: Option<Tier>,
    /// Whether somebody waits for it.
    pub patience: Patience,
}

impl Method {
    const fn new(name: &'static str, tier: Tier) -> Self {
        Self { name, tier: Some(tier), patience: Patience::Short }
    }

    /// The same, for what nobody waits for.
    pub const fn in_background(self) -> Self {
        Self { patience: Patience::Long, ..self }
    }
}

/// Limited in each channel as well, by [`super::pace::Pace::posting`].
pub const POST: Method = Method::new("chat.postMessage", Tier::Posts);
/// Hundreds a minute.
pub const AUTH_TEST: Method = Method { name: "auth.test", tier: None, patience: Patience::Short };
pub const OPEN_SOCKET: Method = Method { name: "apps.connections.open", tier: None, patience: Patience::Short };
pub const EDIT: Method = Method::new("chat.update", Tier::Three);
pub const TELL: Method = Method::new("chat.postEphemeral", Tier::Four);
pub const REACT: Method = Method::new("reactions.add", Tier::Three);
pub const UNREACT: Method = Method::new("reactions.remove", Tier::Two);
pub const REACTIONS: Method = Method::new("reactions.get", Tier::Three);
pub const HISTORY: Method = Method::new("conversations.history", Tier::Three);
pub const REPLIES: Method = Method::new("conversations.replies", Tier::Three);
pub const CHANNEL: Method = Method::new("conversations.info", Tier::Three);
pub const OPEN_DIRECT: Method = Method::new("conversations.open", Tier::Three);
pub const PERSON: Method = Method::new("users.info", Tier::Four);
pub const CHANNELS_OF: Method = Method::new("users.conversations", Tier::Three);
pub const PEOPLE: Method = Method::new("users.list", Tier::Two);
pub const GROUPS: Method = Method::new("usergroups.list", Tier::Two);
pub const OPEN_VIEW: Method = Method::new("views.open", Tier::Four);
pub const UPDATE_VIEW: Method = Method::new("views.update", Tier::Four);
pub const PUBLISH_HOME: Method = Method::new("views.publish", Tier::Four);
pub const UPLOAD: Method = Method::new("files.getUploadURLExternal", Tier::Four);
pub const UPLOADED: Method = Method::new("files.completeUploadExternal", Tier::Four);
