//! Whether all is as it should be on Discord, and how to mend what is not; and the address by which kcard is invited.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use serenity::model::{
    Permissions,
    channel::GuildChannel,
    guild::{Member, PartialGuild},
    id::{ApplicationId, RoleId},
};

use super::{
    Discord,
    allowed::{is_thread, needed, to_send, unfit},
    ids,
    pace::Route,
    rest::{Call, RestError},
};
use crate::{
    chat::finding::{Finding, Health},
    quiz::schedule::Plan,
};

impl Discord {
    /// The address that invites kcard into a server, with the permissions that it needs and no other.
    pub async fn invite(&self, threads: bool) -> Result<String, String> {
        let me = self.me().await.map_err(|error| error.to_string())?;
        Ok(invitation(me.application, threads))
    }

    /// Looks at everything that can be wrong: token, application, intents, clock, connection, and the channels of these schedules.
    pub async fn examine(&self, plans: &[Plan], now: Timestamp) -> Vec<Finding> {
        let mut findings = match self.examine_application().await {
            Ok(findings) => findings,
            Err(error) => return vec![Finding::failed("token", &error)],
        };
        findings.push(self.examine_clock(now).await);
        findings.push(self.examine_gateway().await);
        let mut seen: Vec<&Plan> = Vec::new();
        for plan in plans.iter().filter(|plan| plan.channel.face() == ids::FACE) {
            if !seen.iter().any(|other| {
                other.channel == plan.channel && other.mention == plan.mention && other.thread == plan.thread
            }) {
                seen.push(plan);
            }
        }
        if seen.is_empty() {
            findings.push(Finding::not(
                "schedules",
                Health::Poor,
                "none asks on Discord",
                "in a channel, `/kquiz schedule add`; or a [[schedule]] with channel = \"discord:CHANNEL_ID\"",
            ));
        }
        for plan in seen {
            let examined = self.examine_channel(plan).await;
            findings.push(examined.unwrap_or_else(|error| Finding::failed(plan.channel.to_string(), &error)));
        }
        findings
    }

    async fn examine_application(&self) -> Result<Vec<Finding>, RestError> {
        #[derive(Deserialize)]
        struct User {
            username: String,
        }
        let user: User = self.rest.read(&Call::get("users/@me".into(), Route("me", 1))).await?;
        let application: Value = self.rest.read(&Call::get("applications/@me".into(), Route("me", 0))).await?;
        let me = self.me().await?;
        let name = application["name"].as_str().unwrap_or_default();
        let mut findings = vec![
            Finding::fine("token", format!("it is the bot {}", user.username)),
            Finding::fine("application", format!("{name}, {}", me.application)),
        ];
        if application["interactions_endpoint_url"].as_str().is_some_and(|url| !url.is_empty()) {
            findings.push(Finding::not(
                "interactions",
                Health::Bad,
                "Discord sends commands and clicks to another address, so kcard does not hear them",
                "developer portal, General Information: empty Interactions Endpoint URL",
            ));
        }
        findings.push(if me.reads_content {
            Finding::fine("message content intent", "granted: every reply to a question is heard")
        } else {
            Finding::not(
                "message content intent",
                Health::Poor,
                "not granted: a reply is heard while it mentions kcard, as replies do by themselves; one sent with the mention \
                 turned off, and what is written in a question's thread, is not",
                "developer portal, Bot, Privileged Gateway Intents: turn on Message Content Intent, and restart kcard",
            )
        });
        Ok(findings)
    }

    async fn examine_clock(&self, now: Timestamp) -> Finding {
        let date = match self.rest.date().await {
            Ok(date) => date,
            Err(error) => return Finding::failed("clock", &error),
        };
        Finding::clock("Discord", date.as_deref(), now)
    }

    async fn examine_gateway(&self) -> Finding {
        let gateway: Value = match self.rest.read(&Call::get("gateway/bot".into(), Route("gateway", 0))).await {
            Ok(gateway) => gateway,
            Err(error) => return Finding::failed("gateway", &error),
        };
        let shards = gateway["shards"].as_u64().unwrap_or(1);
        let limit = &gateway["session_start_limit"];
        let (left, total) = (limit["remaining"].as_u64().unwrap_or(0), limit["total"].as_u64().unwrap_or(0));
        let found =
            format!("{shards} shard{}, {left} of {total} starts left today", if shards == 1 { "" } else { "s" });
        if left > shards {
            Finding::fine("gateway", found)
        } else {
            Finding::not(
                "gateway",
                Health::Bad,
                found,
                "wait until tomorrow; find out what starts kcard again and again",
            )
        }
    }

    async fn examine_channel(&self, plan: &Plan) -> Result<Finding, RestError> {
        let what = plan.channel.to_string();
        let Some(id) = ids::channel_of(&plan.channel) else {
            let mend = "right-click the channel in Discord, Copy Channel ID (User Settings, Advanced, Developer Mode shows it)";
            return Ok(Finding::not(what, Health::Bad, "this is no channel's id", mend));
        };
        let channel: GuildChannel =
            self.rest.read(&Call::get(format!("channels/{id}"), Route("channel", id.get()))).await?;
        let guild = channel.guild_id;
        let found: PartialGuild =
            self.rest.read(&Call::get(format!("guilds/{guild}"), Route("guild", guild.get()))).await?;
        let me = self.me().await?;
        let path = format!("guilds/{guild}/members/{}", me.user);
        let member: Member = self.rest.read(&Call::get(path, Route("member", guild.get()))).await?;
        let what = format!("#{} of {}", channel.name, found.name);
        if let Some(why) = unfit(channel.kind) {
            return Ok(Finding::not(what, Health::Bad, why, "name a text channel"));
        }
        // A thread has its channel's permissions, and no thread can be opened in it.
        let in_thread = is_thread(channel.kind);
        let parent: Option<GuildChannel> = match channel.parent_id.filter(|_| in_thread) {
            Some(parent) => {
                Some(self.rest.read(&Call::get(format!("channels/{parent}"), Route("channel", parent.get()))).await?)
            }
            None => None,
        };
        let may = found.user_permissions_in(parent.as_ref().unwrap_or(&channel), &member);
        let needed =
            if in_thread { (needed(false) - Permissions::SEND_MESSAGES) | to_send(true) } else { needed(plan.thread) };
        let missing = needed - may;
        if !missing.is_empty() {
            let names = missing.get_permission_names().join(", ");
            let mend = format!("channel settings, Permissions: give kcard's role {names}");
            return Ok(Finding::not(what, Health::Bad, format!("missing: {names}"), mend));
        }
        if in_thread && plan.thread {
            let found = "it is a thread, in which no threads can be opened";
            return Ok(Finding::not(
                what,
                Health::Poor,
                found,
                "turn off the schedule's thread, or name a text channel",
            ));
        }
        let role = plan.mention.as_deref().and_then(ids::role_of).map(RoleId::new);
        if let Some(role) = role {
            let pings = found.roles.get(&role).map(|role| role.mentionable || may.mention_everyone());
            let mend = "role settings: turn on \"Allow anyone to @mention this role\"";
            match pings {
                None => return Ok(Finding::not(what, Health::Poor, "the role to mention is gone", "name another one")),
                Some(false) => {
                    return Ok(Finding::not(what, Health::Poor, "the role will be named and not pinged", mend));
                }
                Some(true) => {}
            }
        }
        Ok(Finding::fine(what, "kcard has all it needs"))
    }
}

/// See Discord's developer documentation, `OAuth2`, bot authorization.
fn invitation(application: ApplicationId, threads: bool) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        needed(threads).bits()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_asks_for_what_is_needed_and_no_more() {
        let without = invitation(ApplicationId::new(42), false);
        // View Channel 1024, Send Messages 2048, Embed Links 16384, Attach Files 32768, Add Reactions 64, Read Message History 65536.
        assert!(without.ends_with("client_id=42&scope=bot+applications.commands&permissions=117824"), "{without}");
        // And Create Public Threads 2^35, Send Messages in Threads 2^38.
        let bits = 117_824_u64 + (1 << 35) + (1 << 38);
        assert!(invitation(ApplicationId::new(42), true).ends_with(&format!("permissions={bits}")));
    }
}
