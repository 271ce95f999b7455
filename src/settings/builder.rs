//! Settings, one by one.

use std::time::Duration;

use djamodb_core::database::TableDefaults;
use djamodb_core::schema::{Billing, StreamView, Tag, Throughput};

use super::url::{DatabaseUrl, Place};
use super::{DriverScheme, Secret, Settings, SettingsError};

/// Settings, one by one. See the [table of settings](super).
#[derive(Clone, Default, Debug)]
#[must_use = "settings are made by `build`"]
pub struct SettingsBuilder {
    url: Option<String>,
    host: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<Secret>,
    session_token: Option<Secret>,
    region: Option<String>,
    pub(super) provisioned: Option<bool>,
    pub(super) read_units: Option<u64>,
    pub(super) write_units: Option<u64>,
    tables: TableDefaults,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    attempts_max: Option<u32>,
    backoff_base: Option<Duration>,
    pool_size_max: Option<usize>,
    extra_headers: Vec<(String, Secret)>,
}

impl SettingsBuilder {
    /// The database's URL.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The endpoint, where it is not that of the region: `http://localhost:8000`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The access key and its secret, where they are not to be found by the driver.
    pub fn credentials(mut self, access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        self.access_key_id = Some(access_key_id.into());
        self.secret_access_key = Some(Secret::new(secret_access_key));
        self
    }

    /// The token of temporary credentials.
    pub fn session_token(mut self, session_token: impl Into<String>) -> Self {
        self.session_token = Some(Secret::new(session_token));
        self
    }

    /// The region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// What comes before every table's name, with a hyphen in between.
    pub fn table_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.tables.prefix = Some(prefix.into());
        self
    }

    /// Pays for capacity by request, which is the default.
    pub fn pay_per_request(mut self) -> Self {
        self.provisioned = Some(false);
        self
    }

    /// Sets capacity aside, in units a second, for every table.
    pub fn provisioned(mut self, read_units: u64, write_units: u64) -> Self {
        self.provisioned = Some(true);
        self.read_units = Some(read_units);
        self.write_units = Some(write_units);
        self
    }

    /// A label on every table; `{table_name}` in the value is filled in.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tables.tags.push(Tag::new(key, value));
        self
    }

    /// Gives every table a stream.
    pub fn stream(mut self, view: StreamView) -> Self {
        self.tables.stream = Some(view);
        self
    }

    /// Makes every table restorable to any point of the last 35 days.
    pub fn point_in_time_recovery(mut self, enabled: bool) -> Self {
        self.tables.point_in_time_recovery = enabled;
        self
    }

    /// How long a connection may take to be made.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How long an answer may take.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// How often a request is sent at most, and how often unprocessed parts of one; at least 1.
    pub fn attempts_max(mut self, attempts_max: u32) -> Self {
        self.attempts_max = Some(attempts_max);
        self
    }

    /// The longest first wait before the next attempt.
    pub fn backoff_base(mut self, base: Duration) -> Self {
        self.backoff_base = Some(base);
        self
    }

    /// How many idle connections are kept.
    pub fn pool_size_max(mut self, pool_size_max: usize) -> Self {
        self.pool_size_max = Some(pool_size_max);
        self
    }

    /// A header that is sent with each request.
    pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra_headers.push((name.into(), Secret::new(value)));
        self
    }

    pub(super) fn access_key_id(mut self, access_key_id: String) -> Self {
        self.access_key_id = Some(access_key_id);
        self
    }

    pub(super) fn secret_access_key(mut self, secret_access_key: String) -> Self {
        self.secret_access_key = Some(Secret::new(secret_access_key));
        self
    }

    /// The settings, if they fit together.
    pub fn build(self) -> Result<Settings, SettingsError> {
        let url = self.url.as_deref().map(DatabaseUrl::parse).transpose()?;
        let (mut host, mut region) = (self.host, self.region);
        let scheme = match url {
            None if host.is_none() && region.is_none() => DriverScheme::Memory,
            None => DriverScheme::DynamoDb,
            Some(DatabaseUrl { scheme, place }) => {
                match place {
                    Place::Here | Place::Unsaid => {}
                    Place::Region(named) => {
                        set_once(&mut region, named, "the region of the URL is not the region that is set")?;
                    }
                    Place::Endpoint(named) => {
                        set_once(&mut host, named, "the host of the URL is not the host that is set")?;
                    }
                }
                scheme
            }
        };
        if self.access_key_id.is_some() != self.secret_access_key.is_some() {
            return Err(SettingsError::Combination(
                "an access key needs its secret, and a secret its access key; set both or neither",
            ));
        }
        if self.session_token.is_some() && self.access_key_id.is_none() {
            return Err(SettingsError::Combination("a session token needs its access key and secret"));
        }
        if self.attempts_max == Some(0) {
            return Err(SettingsError::value("attempts_max", "a request is sent at least once; set 1 or more"));
        }
        if self.tables.prefix.as_deref().is_some_and(|prefix| !is_name(prefix)) {
            return Err(SettingsError::value(
                "table_prefix",
                "it is letters, digits, `_`, `-` and `.`, or not set at all",
            ));
        }
        let billing = billing(self.provisioned, self.read_units, self.write_units)?;
        Ok(Settings {
            scheme,
            host,
            access_key_id: self.access_key_id,
            secret_access_key: self.secret_access_key,
            session_token: self.session_token,
            region,
            tables: TableDefaults { billing, ..self.tables },
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            attempts_max: self.attempts_max,
            backoff_base: self.backoff_base,
            pool_size_max: self.pool_size_max,
            extra_headers: self.extra_headers,
        })
    }
}

fn set_once(set: &mut Option<String>, named: String, conflict: &'static str) -> Result<(), SettingsError> {
    match set {
        Some(set) if *set != named => Err(SettingsError::Combination(conflict)),
        set => {
            *set = Some(named);
            Ok(())
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

fn billing(provisioned: Option<bool>, read: Option<u64>, write: Option<u64>) -> Result<Billing, SettingsError> {
    match (provisioned, read, write) {
        (Some(true), Some(read_units @ 1..), Some(write_units @ 1..)) => {
            Ok(Billing::Provisioned(Throughput { read_units, write_units }))
        }
        (Some(true), ..) => {
            Err(SettingsError::Combination("the billing mode PROVISIONED needs read and write units, of 1 or more"))
        }
        (None | Some(false), None, None) => Ok(Billing::PayPerRequest),
        (None | Some(false), ..) => {
            Err(SettingsError::Combination("read and write units need the billing mode PROVISIONED"))
        }
    }
}
