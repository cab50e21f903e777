//! Who may: admins by the platform's word, hosts by the space's settings, everyone else plays. Decided from memory.

use super::Inner;
use crate::chat::{Caller, command::Who};

impl Inner {
    /// What this caller is in their own space. Elsewhere they are nothing.
    pub(super) fn who(&self, caller: &Caller) -> Who {
        if caller.admin {
            Who::Admin
        } else if self.memory.is_host(&caller.space, &caller.player, &caller.roles) {
            Who::Host
        } else {
            Who::Everyone
        }
    }

    /// Whether this caller may do what `needed` may.
    pub(super) fn may(&self, caller: &Caller, needed: Who) -> bool {
        match needed {
            Who::Everyone => true,
            Who::Host => self.who(caller) != Who::Everyone,
            Who::Admin => self.who(caller) == Who::Admin,
        }
    }
}
