//! Where the database is: an address that may hold a password, which is never shown.

use std::{fmt, path::Path};

/// The address of the database. [`Display`](fmt::Display) and [`Debug`] leave out the password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// `sqlite:…`, `postgres://…` or `postgresql://…`; else what would be right.
    pub fn parse(url: &str) -> Result<Self, String> {
        if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Ok(Self(url.to_owned()));
        }
        Err("the database's address begins with neither `sqlite:` nor `postgres://`: write, for example, \
             sqlite:///var/lib/kcard/kcard.db or postgres://kcard:PASSWORD@127.0.0.1/kcard"
            .to_owned())
    }

    /// The SQLite file of a data directory.
    pub fn in_directory(data: &Path) -> Self {
        Self::of_file(&data.join("kcard.db"))
    }

    /// A SQLite file.
    pub fn of_file(path: &Path) -> Self {
        // An address cannot hold these as they are.
        let path = path.display().to_string();
        let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace(' ', "%20");
        Self(format!("sqlite://{path}"))
    }

    /// Whether it is a SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }

    /// The address with its password, to connect with.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://") else { return f.write_str(&self.0) };
        // A password may hold any character, unescaped by mistake, so all up to the last @ is taken for it; the query may hold another.
        let (user, host) = match rest.rsplit_once('@') {
            Some((user, host)) => (user.split(':').next().unwrap_or_default(), host),
            None => ("", rest),
        };
        let at = if user.is_empty() { "" } else { ":***@" };
        write!(f, "{scheme}://{user}{at}{}", host.split('?').next().unwrap_or_default())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
