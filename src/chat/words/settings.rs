//! A space's settings: its time zone and its hosts.

use super::text::{list, name, typed};
use crate::{chat::post::Reply, quiz::nearest::nearest};

/// The space's zone; `own` is false where it is the configuration's default.
pub fn timezone(zone: &str, own: bool) -> Reply {
    let whose = if own { "This space goes by" } else { "This space sets no time zone and goes by the default," };
    Reply::private(format!(
        "{whose} **{}**. A host changes it with `/kquiz settings timezone Europe/Berlin`.",
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

/// No such zone; the nearest of the `known` is offered.
pub fn no_zone<'z>(zone: &str, known: impl IntoIterator<Item = &'z str>) -> Reply {
    let meant = nearest(zone, known).map(|meant| format!(" Did you mean `{meant}`?")).unwrap_or_default();
    Reply::private(format!(
        "{} is not a time zone.{meant} Write it as the IANA does, such as `Europe/Berlin` or `UTC`.",
        typed(zone)
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

fn names(hosts: &[String]) -> String {
    let shown: Vec<String> = hosts.iter().take(30).map(|host| name(host)).collect();
    let more = hosts.len().saturating_sub(30);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { list(&shown, "and") }
}
