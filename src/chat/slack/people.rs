//! Who is who: Slack's events carry ids only. What people are called, who of them is an admin and which groups they are in is asked once
//! and remembered for a while. An answer never waits for it.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde::Deserialize;
use tokio::time::Instant;

use super::{
    Slack,
    api::{
        ApiError, Paging,
        method::{GROUPS, PEOPLE, PERSON},
    },
    ids,
    payload::User,
};
use crate::chat::Caller;

/// How long it is true what somebody may do.
const STILL_TRUE: Duration = Duration::from_mins(1);
/// How long it is true which groups there are, and who is in them.
const GROUPS_STILL_TRUE: Duration = Duration::from_mins(5);
/// People that are remembered; then all are forgotten, and asked for again.
const MOST: usize = 50_000;
/// Pages of people that are looked through for an owner: 25,000 people.
const PAGES: usize = 25;
/// People on a page, as many as Slack gives: a large workspace is looked through in the time that the bot has for it.
const PAGE: &str = "1000";

/// What is known of people without asking.
#[derive(Default)]
pub struct People {
    known: Mutex<HashMap<String, (Person, Instant)>>,
    /// Who is asked for right now.
    asked: Mutex<HashSet<String>>,
    groups: Mutex<Option<(Vec<Group>, Instant)>>,
}

/// What kcard knows of somebody.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they are called.
    pub name: Option<String>,
    /// Whether they may change the workspace.
    pub admin: bool,
    /// Whether they left.
    pub gone: bool,
    /// Whether they are a program.
    pub bot: bool,
}

/// A user group (Slack's documentation, "Usergroup object").
#[derive(Debug, Clone, Deserialize)]
struct Group {
    id: String,
    #[serde(default)]
    handle: String,
    #[serde(default)]
    users: Vec<String>,
}

impl Person {
    /// Who has a workspace of their own and only shares a channel with this one is no admin here.
    fn of(user: &User, team: &str) -> Self {
        Self {
            name: user.called().map(str::to_owned),
            admin: (user.is_admin || user.is_owner) && user.is_of(team),
            gone: user.deleted,
            bot: user.is_bot,
        }
    }
}

impl People {
    /// Slack said what somebody is.
    fn learn(&self, user: &User, team: &str) -> Person {
        let person = Person::of(user, team);
        let mut known = locked(&self.known);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(user.id.clone(), (person.clone(), Instant::now()));
        person
    }

    /// What somebody is has changed: that matters only of who is known.
    pub fn follow(&self, user: &User, team: &str) {
        if let Some(known) = locked(&self.known).get_mut(&user.id) {
            *known = (Person::of(user, team), Instant::now());
        }
    }

    /// What somebody is called, where that is known.
    pub fn name(&self, user: &str) -> Option<String> {
        locked(&self.known).get(user)?.0.name.clone()
    }

    /// What a group is called, where that is known.
    pub fn group(&self, id: &str) -> Option<String> {
        let groups = locked(&self.groups);
        groups.as_ref()?.0.iter().find(|group| group.id == id).map(|group| group.handle.clone())
    }

    fn fresh(&self, user: &str) -> Option<Person> {
        let known = locked(&self.known);
        known.get(user).filter(|(_, since)| since.elapsed() < STILL_TRUE).map(|(person, _)| person.clone())
    }

    fn fresh_groups(&self) -> Option<Vec<Group>> {
        let groups = locked(&self.groups);
        groups.as_ref().filter(|(_, since)| since.elapsed() < GROUPS_STILL_TRUE).map(|(groups, _)| groups.clone())
    }
}

impl Slack {
    /// What somebody is called, as far as it is known; who is not is asked for, and the bot told when that is answered.
    pub(super) fn name_of(&self, user: &str) -> Option<String> {
        let name = self.people.name(user);
        if name.is_none() && locked(&self.people.asked).insert(user.to_owned()) {
            let (slack, who) = (self.arc(), user.to_owned());
            let is_taken = self.in_background(async move {
                let asked = slack.ask_for(&who, true).await;
                locked(&slack.people.asked).remove(&who);
                match asked {
                    Ok(Person { name: Some(name), .. }) => slack.tell_name(&who, &name).await,
                    Ok(_) => {}
                    Err(error) => tracing::debug!(%error, "could not ask what somebody is called"),
                }
            });
            if !is_taken {
                locked(&self.people.asked).remove(user);
            }
        }
        name
    }

    /// The bot is told what somebody is called.
    async fn tell_name(&self, user: &str, name: &str) {
        if let (Some(bot), Ok(me)) = (self.bot(), self.me().await) {
            bot.named(&ids::player(&me.team, user), name).await;
        }
    }

    /// What is known of somebody, not older than a minute.
    pub(super) async fn person(&self, user: &str) -> Result<Person, ApiError> {
        match self.people.fresh(user) {
            Some(person) => Ok(person),
            None => self.ask_for(user, false).await,
        }
    }

    /// The same, in the way of nobody who waits for less.
    pub(super) async fn person_in_background(&self, user: &str) -> Result<Person, ApiError> {
        match self.people.fresh(user) {
            Some(person) => Ok(person),
            None => self.ask_for(user, true).await,
        }
    }

    async fn ask_for(&self, user: &str, in_background: bool) -> Result<Person, ApiError> {
        #[derive(Deserialize)]
        struct Found {
            user: User,
        }
        let me = self.me().await?;
        let method = if in_background { PERSON.in_background() } else { PERSON };
        let found: Found = self.api.get(method, &[("user", user)]).await?;
        Ok(self.people.learn(&found.user, &me.team))
    }

    /// Somebody who gives a command, with what they may do. `key` is the event's, or what stands in its place.
    pub(super) async fn caller(
        &self,
        user: &str,
        key: String,
        channel: Option<&str>,
        at: Option<&str>,
    ) -> Result<Caller, ApiError> {
        let mut caller = self.caller_at_once(user, key, channel, at).await?;
        let (admin, roles) = (self.is_admin(user).await, self.groups_of(user).await);
        caller.unsure = admin.is_none() || roles.is_none();
        caller.admin = admin.unwrap_or_default();
        caller.roles = roles.unwrap_or_default();
        if let Some(name) = self.people.name(user) {
            caller.name = name;
        }
        Ok(caller)
    }

    /// Somebody as far as they are known: for answers, which wait for nobody's name and need no right.
    pub(super) async fn caller_at_once(
        &self,
        user: &str,
        key: String,
        channel: Option<&str>,
        at: Option<&str>,
    ) -> Result<Caller, ApiError> {
        let team = self.me().await?.team;
        Ok(Caller {
            key,
            player: ids::player(&team, user),
            name: self.name_of(user).unwrap_or_else(|| user.to_owned()),
            space: ids::space(&team),
            channel: channel.map(ids::channel),
            admin: false,
            roles: Vec::new(),
            unsure: false,
            at: at.and_then(ids::at),
            lacks: None,
        })
    }

    /// Whether somebody may do what admins may: as the workspace says, or as the configuration does. `None` where Slack does not say.
    async fn is_admin(&self, user: &str) -> Option<bool> {
        if self.admins.iter().any(|admin| admin == user) {
            return Some(true);
        }
        let person = self.person(user).await.inspect_err(|error| tracing::debug!(%error, "could not ask who is admin"));
        person.ok().map(|person| person.admin && !person.gone && !person.bot)
    }

    /// The user groups that somebody is in, as the lists of hosts hold them. `None` where Slack never said.
    async fn groups_of(&self, user: &str) -> Option<Vec<String>> {
        #[derive(Deserialize)]
        struct Found {
            usergroups: Vec<Group>,
        }
        let groups = match self.people.fresh_groups() {
            Some(groups) => groups,
            None => match self.api.get::<Found>(GROUPS, &[("include_users", "true")]).await {
                Ok(found) => {
                    *locked(&self.people.groups) = Some((found.usergroups.clone(), Instant::now()));
                    found.usergroups
                }
                Err(error) => {
                    tracing::debug!(%error, "could not ask which user groups there are");
                    let old = locked(&self.people.groups).as_ref().map(|(groups, _)| groups.clone());
                    old?
                }
            },
        };
        let is_in = |group: &&Group| group.users.iter().any(|member| member == user);
        Some(groups.iter().filter(is_in).map(|group| ids::group(&group.id)).collect())
    }

    /// Those who look after kcard here: whom the configuration names, else owners of the workspace, the first that are found.
    pub(super) async fn caretakers(&self) -> Result<Vec<String>, ApiError> {
        #[derive(Deserialize)]
        struct Page {
            members: Vec<User>,
            #[serde(flatten)]
            paging: Paging,
        }
        if !self.admins.is_empty() {
            return Ok(self.admins.clone());
        }
        let me = self.me().await?;
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let page: Page = self.api.get(PEOPLE, &[("limit", PAGE), ("cursor", &cursor)]).await?;
            let is_owner = |user: &&User| user.is_owner && !user.deleted && !user.is_bot && user.is_of(&me.team);
            let owners: Vec<_> = page.members.iter().filter(is_owner).map(|user| user.id.clone()).collect();
            cursor = page.paging.next();
            if cursor.is_empty() || !owners.is_empty() {
                return Ok(owners);
            }
        }
        Ok(Vec::new())
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use crate::chat::{
        Chat as _,
        slack::{Hears, MOST_IN_BACKGROUND, Settings, Slack, ids},
    };

    /// What nobody waits for and finds no room is left out this time, and not for ever.
    #[tokio::test]
    async fn what_finds_no_room_is_done_another_time() {
        let slack = Slack::new(Settings {
            token: "xoxb-1".to_owned().into(),
            hears: Hears::Requests { secret: "secret".to_owned().into() },
            api: Some("http://127.0.0.1:9/api".into()),
            admins: Vec::new(),
        });
        for _ in 0..MOST_IN_BACKGROUND {
            assert!(slack.in_background(std::future::pending()));
        }
        assert_eq!(slack.name_of("U1"), None);
        assert!(super::locked(&slack.people.asked).is_empty(), "nobody asks for the name");
        slack.seed(&ids::message("C1", None, "7.1"), 4).await.expect("it is no error");
        assert!(slack.seeded.is_first("slack:C1:7.1"), "nobody seeds");
    }
}
