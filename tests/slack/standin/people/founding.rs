//! How channels, people and groups come to be, and what is told of them.

use std::sync::Arc;

use super::super::{
    Slack,
    state::State,
    world::{self, Id, Kind, User},
};
use super::{Channel, Group, Person};

impl State {
    fn joins(&mut self, channel: &str, user: &str, inviter: Option<&str>) {
        let found = self.world.channels.get_mut(channel).expect("the channel is there");
        if found.members.insert(user.to_owned()) {
            self.tells_membership("member_joined_channel", channel, user, inviter);
        }
    }

    fn leaves(&mut self, channel: &str, user: &str) {
        let found = self.world.channels.get_mut(channel).expect("the channel is there");
        if found.members.remove(user) {
            if user == self.bot {
                self.tells_left(channel);
            } else {
                self.tells_membership("member_left_channel", channel, user, None);
            }
        }
    }

    fn archives(&mut self, channel: &str, archived: bool) {
        self.world.channels.get_mut(channel).expect("the channel is there").archived = archived;
        self.tells_archived(if archived { "channel_archive" } else { "channel_unarchive" }, channel);
    }
}

impl Slack {
    fn founds(&self, name: &str, kind: Kind, bot: bool) -> Channel {
        let id = self.shared.with(|state| {
            let everybody = state.world.users.values().filter(|user| !user.bot && kind == Kind::Public);
            let members: Vec<Id> =
                everybody.map(|user| user.id.clone()).chain(bot.then(|| state.bot.clone())).collect();
            state.world.channel(state.now, name, kind, members)
        });
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// A public channel with everybody and the bot in it.
    pub fn channel(&self, name: &str) -> Channel {
        self.founds(name, Kind::Public, true)
    }

    /// A public channel that the bot was not invited to.
    pub fn channel_without_bot(&self, name: &str) -> Channel {
        self.founds(name, Kind::Public, false)
    }

    /// A private channel with nobody in it.
    pub fn private_channel(&self, name: &str) -> Channel {
        self.founds(name, Kind::Private, false)
    }

    /// Somebody in Berlin, who is in all public channels; the same again for the same name.
    pub fn person(&self, name: &str) -> Person {
        let id = self.shared.with(|state| {
            let known = state.world.users.values().find(|user| user.name == name).map(|user| user.id.clone());
            known.unwrap_or_else(|| {
                let id = state.world.user(name, false);
                for channel in state.world.channels.values_mut().filter(|channel| channel.kind == Kind::Public) {
                    channel.members.insert(id.clone());
                }
                id
            })
        });
        Person { shared: Arc::clone(&self.shared), id }
    }

    /// An admin of the workspace.
    pub fn admin(&self, name: &str) -> Person {
        let person = self.person(name);
        person.becomes(|user| user.admin = true);
        person
    }

    /// The owner of the workspace.
    pub fn owner(&self, name: &str) -> Person {
        let person = self.person(name);
        person.becomes(|user| user.owner = true);
        person
    }

    /// The owner of another workspace, which shares this one's channels.
    pub fn guest(&self, name: &str) -> Person {
        let person = self.owner(name);
        let team = self.shared.with(|state| state.world.id('T'));
        person.becomes(|user| user.team = Some(team));
        person
    }

    /// Another app's bot.
    pub fn other_bot(&self, name: &str) -> Person {
        let person = self.person(name);
        person.becomes(|user| user.bot = true);
        person
    }

    pub fn group(&self, handle: &str, members: &[&Person]) -> Group {
        let id = self.shared.with(|state| {
            let id = state.world.id('S');
            let users = members.iter().map(|person| person.id.clone()).collect();
            let group = world::Group { id: id.clone(), handle: handle.to_owned(), users, disabled: false };
            state.world.groups.insert(id.clone(), group);
            id
        });
        Group { shared: Arc::clone(&self.shared), id }
    }
}

impl Person {
    fn becomes(&self, change: impl FnOnce(&mut User)) {
        self.shared.with(|state| change(state.world.users.get_mut(&self.id).expect("somebody")));
    }

    /// Lives in this zone: `Asia/Tokyo`.
    pub fn lives_in(&self, zone: &str) {
        self.becomes(|user| zone.clone_into(&mut user.tz));
    }

    /// Calls themselves otherwise.
    pub fn renames(&self, name: &str) {
        self.becomes(|user| name.clone_into(&mut user.name));
        self.shared.with(|state| state.tells_changed(&self.id));
    }

    /// Is an admin no more.
    pub fn steps_down(&self) {
        self.becomes(|user| (user.admin, user.owner) = (false, false));
    }

    /// Their account is deactivated.
    pub fn is_deactivated(&self) {
        self.becomes(|user| user.deleted = true);
        self.shared.with(|state| state.tells_changed(&self.id));
    }

    /// It is active again.
    pub fn is_reactivated(&self) {
        self.becomes(|user| user.deleted = false);
        self.shared.with(|state| state.tells_changed(&self.id));
    }

    pub fn joins(&self, channel: &Channel) {
        self.shared.with(|state| state.joins(&channel.id, &self.id, None));
    }

    /// Invites the bot.
    pub fn invites_bot(&self, channel: &Channel) {
        self.shared.with(|state| state.joins(&channel.id, &state.bot.clone(), Some(&self.id)));
    }

    pub fn leaves(&self, channel: &Channel) {
        self.shared.with(|state| state.leaves(&channel.id, &self.id));
    }

    /// The direct messages with the bot.
    pub fn direct(&self) -> Channel {
        let id = self.shared.with(|state| {
            let bot = state.bot.clone();
            state.world.direct(state.now, &bot, &self.id)
        });
        Channel { shared: Arc::clone(&self.shared), id }
    }
}

impl Channel {
    /// The bot is invited, by nobody in particular.
    pub fn invites_bot(&self) {
        self.shared.with(|state| state.joins(&self.id, &state.bot.clone(), None));
    }

    /// The bot is taken out.
    pub fn removes_bot(&self) {
        self.shared.with(|state| state.leaves(&self.id, &state.bot.clone()));
    }

    pub fn is_archived(&self, archived: bool) {
        self.shared.with(|state| state.archives(&self.id, archived));
    }
}
