//! Whom a message rings for: what its text mentions, as far as `allowed_mentions` and the author's permissions let it.

use serde_json::Value;

use super::{
    id::Id,
    world::{Guild, Pings},
};

/// What decides beside the text.
pub struct Rules<'a> {
    pub allowed: &'a Value,
    /// The author of the message replied to.
    pub replied: Option<Id>,
    pub guild: Option<&'a Guild>,
    /// The author may mention everyone and any role.
    pub everyone: bool,
}

impl Rules<'_> {
    fn parses(&self, kind: &str) -> bool {
        if self.allowed.is_null() {
            return true;
        }
        let parse = self.allowed["parse"].as_array();
        parse.is_some_and(|parse| parse.iter().any(|allowed| allowed.as_str() == Some(kind)))
    }

    fn names(&self, kind: &str, id: Id) -> bool {
        let listed = self.allowed[kind].as_array();
        listed.is_some_and(|listed| listed.iter().any(|other| other.as_str() == Some(id.to_string().as_str())))
    }

    pub fn pings(&self, content: &str) -> Pings {
        let text = without_code(content);
        let mut pings = Pings::default();
        for user in tags(&text, "<@").into_iter().chain(tags(&text, "<@!")) {
            if (self.parses("users") || self.names("users", user)) && !pings.users.contains(&user) {
                pings.users.push(user);
            }
        }
        for role in tags(&text, "<@&") {
            let found = self.guild.and_then(|guild| guild.roles.iter().find(|known| known.id == role));
            let free = found.is_some_and(|found| found.mentionable || self.everyone);
            if free && (self.parses("roles") || self.names("roles", role)) && !pings.roles.contains(&role) {
                pings.roles.push(role);
            }
        }
        let calls = text.contains("@everyone") || text.contains("@here");
        pings.everyone = calls && self.everyone && self.parses("everyone");
        // Left out, it means that the author is told; with `allowed_mentions` given, that they are not.
        let told = self.allowed["replied_user"].as_bool().unwrap_or(self.allowed.is_null());
        if let Some(replied) = self.replied.filter(|replied| told && !pings.users.contains(replied)) {
            pings.users.push(replied);
        }
        pings
    }
}

/// The ids of the tags that begin so: `<@1>`, `<@&2>`.
fn tags(text: &str, open: &str) -> Vec<Id> {
    let after = text.split(open).skip(1);
    after.filter_map(|rest| rest.split_once('>').and_then(|(id, _)| Id::parse(id))).collect()
}

/// The text without what stands in code, where nothing is a mention.
fn without_code(text: &str) -> String {
    let prose = |text: &str, fence: &str| {
        let pieces: Vec<&str> = text.split(fence).collect();
        let closed = pieces.len() - usize::from(pieces.len().is_multiple_of(2));
        let outside = pieces.iter().enumerate().filter(|(n, _)| n % 2 == 0 || *n >= closed);
        outside.map(|(_, piece)| *piece).collect::<Vec<_>>().join(" ")
    };
    prose(&prose(text, "```"), "`")
}
