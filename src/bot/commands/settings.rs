//! `/kquiz settings …`: a space's zone and its hosts.

use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{
        Caller, Reply,
        words::{self, trouble::no_such},
    },
    quiz::{
        id::{PlayerId, same_name},
        schedule::zone::parse_zone,
    },
};

impl Inner {
    pub(super) async fn settings_timezone(&self, caller: &Caller, zone: Option<String>) -> Result<Reply, Stop> {
        let Some(zone) = zone else {
            let own = self.memory.space(&caller.space).timezone.is_some();
            let zone = self.memory.zone(&caller.space);
            return Ok(words::settings::timezone(zone.iana_name().unwrap_or("UTC"), own));
        };
        let zone = match parse_zone(&zone) {
            Ok(zone) => zone.iana_name().unwrap_or("UTC").to_owned(),
            Err(error) => return Ok(words::schedules::refused(&error.to_string())),
        };
        let mut space = self.store.space(&caller.space).await?;
        space.timezone = Some(zone.clone());
        self.store.save_space(&space).await?;
        self.memory.set_space(space);
        tracing::info!(space = %caller.space, zone, by = %caller.player, "set the time zone");
        Ok(words::settings::timezone_set(&zone))
    }

    pub(super) async fn settings_hosts(
        &self,
        caller: &Caller,
        add: &[String],
        remove: &[String],
    ) -> Result<Reply, Stop> {
        if add.is_empty() && remove.is_empty() {
            return Ok(words::settings::hosts(&self.memory.space(&caller.space).hosts));
        }
        let mut space = self.store.space(&caller.space).await?;
        let people = self.store.people(&caller.space).await?;
        let id = |named: &String| host_id(caller, &people, named);
        let added = add.iter().map(id).collect::<Result<Vec<_>, _>>()?;
        // What stands in the list can be taken out of it, whoever it was.
        let listed = |named: &String| space.hosts.contains(named).then(|| Ok(named.clone()));
        let removed = remove.iter().map(|named| listed(named).unwrap_or_else(|| id(named)));
        let removed = removed.collect::<Result<Vec<_>, _>>()?;
        space.hosts.extend(added);
        space.hosts.retain(|host| !removed.contains(host));
        space.hosts.sort();
        space.hosts.dedup();
        self.store.save_space(&space).await?;
        tracing::info!(space = %caller.space, hosts = space.hosts.len(), by = %caller.player, "changed the hosts");
        let reply = words::settings::hosts_changed(&space.hosts);
        self.memory.set_space(space);
        Ok(reply)
    }
}

/// The id of a host as they are named: a person of the space by their name or id, whatever its case, so that nobody who comes later takes
/// the right by taking the name; on platforms that have them, a role or a group by its whole id (`discord:123`), and a person whom the
/// platform names by theirs, without the space (`slack:/U123`), whether or not they are known.
pub(super) fn host_id(caller: &Caller, people: &[(PlayerId, String)], named: &str) -> Result<String, Stop> {
    let same = |text: &str| same_name(text, named);
    let is_meant = |player: &PlayerId, name: &str| same(player.as_str()) || same(player.local()) || same(name);
    let meant: Vec<&str> =
        people.iter().filter(|(player, name)| is_meant(player, name)).map(|(player, _)| player.as_str()).collect();
    let face = caller.player.face();
    if face != "web" && named.strip_prefix(face).is_some_and(|rest| rest.starts_with(":/")) {
        return Ok(PlayerId::new(named).in_space(&caller.space).to_string());
    }
    match meant[..] {
        [player] => Ok(player.to_owned()),
        [] if face != "web" && named.strip_prefix(face).is_some_and(|rest| rest.starts_with(':')) => {
            Ok(named.to_owned())
        }
        [] => Err(no_such("player", named, people.iter().map(|(_, name)| name.as_str())).into()),
        _ => Err(words::settings::several(named, &meant).into()),
    }
}
