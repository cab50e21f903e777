//! A space's settings: its time zone and its hosts.

use super::text::{list, name, plain, typed};
use crate::chat::post::Reply;

/// The space's zone; `own` is false where it is the configuration's default.
pub fn timezone(zone: &str, own: bool) -> Reply {
    let whose = if own { "This space goes by" } else { "This space sets no time zone and goes by the default," };
    Reply::private(format!(
        "{whose} **{}**. An admin changes it with `/kquiz settings timezone Europe/Berlin`.",
        name(zone)
    ))
}

/// The zone is set.
pub fn timezone_set(zone: &str) -> Reply {
    Reply::private(format!(
        "This space goes by **{}** from now on. Rounds and seasons that have begun keep their times.",
        name(zone)
    ))
}

/// Who the hosts are.
pub fn hosts(hosts: &[String]) -> Reply {
    Reply::private(if hosts.is_empty() {
        "There are no hosts; admins do it all. An admin names some with `/kquiz settings hosts add:NAME`.".into()
    } else {
        format!("Hosts: {}.", names(hosts))
    })
}

/// Hosts were added or removed; `hosts` is who they are now.
pub fn hosts_changed(hosts: &[String]) -> Reply {
    Reply::private(if hosts.is_empty() {
        "There are no hosts any more.".into()
    } else {
        format!("Hosts are now: {}.", names(hosts))
    })
}

/// More than one player goes by this name.
pub fn several(named: &str, ids: &[&str]) -> Reply {
    let ids: Vec<String> = ids.iter().map(|id| name(id)).collect();
    Reply::private(format!(
        "More than one player is meant by {}. Name one of them whole: {}.",
        typed(named),
        list(&ids, "or")
    ))
}

fn names(hosts: &[String]) -> String {
    let shown: Vec<String> = hosts.iter().take(20).map(|host| plain(host)).collect();
    let more = hosts.len().saturating_sub(20);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { list(&shown, "and") }
}
