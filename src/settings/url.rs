//! Database URLs: `memory://`, `dynamodb://us-east-1`, `dynamodb://localhost:8000?tls=true`, `rusoto://…` likewise.

use super::{DriverScheme, SettingsError};

/// What a URL says.
#[derive(Debug)]
pub(super) struct DatabaseUrl {
    pub(super) scheme: DriverScheme,
    pub(super) place: Place,
}

/// Where the database is.
#[derive(Debug, PartialEq)]
pub(super) enum Place {
    /// Nowhere else than here.
    Here,
    /// Whatever the driver finds.
    Unsaid,
    /// AWS, in this region.
    Region(String),
    /// An endpoint, with its scheme.
    Endpoint(String),
}

impl DatabaseUrl {
    pub(super) fn parse(url: &str) -> Result<Self, SettingsError> {
        // What stands before an @ could be a password; it is not accepted, and not shown.
        let shown = || match url.rsplit_once('@') {
            Some((_, rest)) => format!("…@{rest}"),
            None => url.to_owned(),
        };
        let refused = |reason: String| SettingsError::Url { url: shown(), reason };
        let (scheme, rest) = url.split_once("://").ok_or_else(|| SettingsError::Scheme { url: shown() })?;
        let scheme = match scheme {
            "memory" => DriverScheme::Memory,
            "dynamodb" => DriverScheme::DynamoDb,
            "rusoto" => DriverScheme::Rusoto,
            _ => return Err(SettingsError::Scheme { url: shown() }),
        };
        if rest.contains('@') {
            return Err(refused(
                "credentials do not belong into a URL; use DJAMODB_ACCESS_KEY_ID and \
                DJAMODB_SECRET_ACCESS_KEY, or the builder"
                    .to_owned(),
            ));
        }
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let place = place.trim_end_matches('/');
        let mut tls = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (&*name, &*value) {
                ("tls", "true") => tls = true,
                ("tls", "false") => tls = false,
                ("tls", other) => return Err(refused(format!("`tls` is true or false, not {other:?}"))),
                (other, _) => return Err(refused(format!("it has no option {other:?}; the only one is `tls`"))),
            }
        }
        let is_host = |place: &str| place.contains([':', '.', '[']) || place == "localhost";
        let place = match scheme {
            DriverScheme::Memory if place.is_empty() && query.is_empty() => Place::Here,
            DriverScheme::Memory => return Err(refused("nothing follows `memory://`".to_owned())),
            _ if place.is_empty() => Place::Unsaid,
            _ if place.contains('/') => {
                return Err(refused("a path means nothing; end it after the host".to_owned()));
            }
            _ if is_host(place) => Place::Endpoint(format!("{}://{place}", if tls { "https" } else { "http" })),
            _ => Place::Region(place.to_owned()),
        };
        Ok(Self { scheme, place })
    }
}
