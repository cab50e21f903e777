//! `/kquiz settings …`: a space's zone and its hosts.

use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{Caller, Reply, words},
    quiz::{id::SpaceId, schedule::zone::parse_zone},
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
        let id = |named: &String| host_id(&caller.space, named);
        let removed: Vec<String> = remove.iter().map(id).collect();
        space.hosts.extend(add.iter().map(id));
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

/// The id of a host as they are named: a person by their name (`ana`), anyone and any role by their whole id (`web:ana`).
fn host_id(space: &SpaceId, named: &str) -> String {
    match (named.contains(':'), space.as_str().contains(':')) {
        (true, _) => named.to_owned(),
        (false, true) => format!("{space}/{named}"),
        (false, false) => format!("{space}:{named}"),
    }
}
