//! The builder of settings.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use djamodb_core::database::{Database, TableDefaults};
use djamodb_core::driver::{RESPONSE_BYTES_RANGE, Timeouts, check_range, redacted_url};
use djamodb_core::layer::RetryPolicy;
use djamodb_core::schema::{Billing, Encryption, OnDemandMaximum, StreamView, TableClass, Tag, Throughput};

use super::url::{DatabaseUrl, Location};
use super::{DriverScheme, Secret, Settings, SettingsError, region};

/// Maximum length of a prefix: a table name has at most 255 characters, and a model's own at least 3, after a hyphen.
const PREFIX_LEN_MAX: usize = 251;

/// Range of capacity units. The service reads them as signed numbers.
const UNITS_RANGE: RangeInclusive<u64> = 1..=i64::MAX.unsigned_abs();

/// A builder of [`Settings`]. The [module documentation](super) lists all settings.
#[derive(Clone, Default)]
#[must_use = "call `build` to create the settings"]
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
    pub(super) tables: TableDefaults,
    timeouts: Timeouts,
    attempts_max: Option<u32>,
    backoff_base: Option<Duration>,
    write_concurrency: Option<usize>,
    pool_size_max: Option<usize>,
    response_bytes_max: Option<usize>,
    extra_headers: Vec<(String, Secret)>,
}

impl SettingsBuilder {
    /// Sets the database URL, whose scheme selects the driver. See the [URL forms](super#urls).
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the URL that requests are sent to, if it is not the endpoint of the region, for example `http://localhost:8000`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Sets the access key and its secret. Without them, the driver uses its own sources of credentials.
    pub fn credentials(mut self, access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        self.access_key_id = Some(access_key_id.into());
        self.secret_access_key = Some(Secret::new(secret_access_key));
        self
    }

    /// Sets the session token, which temporary credentials have.
    pub fn session_token(mut self, session_token: impl Into<String>) -> Self {
        self.session_token = Some(Secret::new(session_token));
        self
    }

    /// Sets the name of the region, for example `us-east-1`. Without a [host](Self::host), it must have the form of a region of AWS.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the prefix of all table names. A table is named `{prefix}-{name}`.
    pub fn table_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.tables.prefix = Some(prefix.into());
        self
    }

    /// Creates tables with the billing mode `PAY_PER_REQUEST`, which is the default.
    pub fn pay_per_request(mut self) -> Self {
        self.provisioned = Some(false);
        self
    }

    /// Creates tables with the billing mode `PROVISIONED` and this capacity, in units per second, at least 1 each.
    pub fn provisioned(mut self, read_units: u64, write_units: u64) -> Self {
        self.provisioned = Some(true);
        self.read_units = Some(read_units);
        self.write_units = Some(write_units);
        self
    }

    /// Sets the most units per second of each table that is billed per request, which bounds its costs. Requests beyond are throttled.
    pub fn on_demand_maximum(mut self, maximum: OnDemandMaximum) -> Self {
        self.tables.on_demand_maximum = maximum;
        self
    }

    /// Sets the [encryption] of all tables, by a key that DynamoDB owns by default.
    ///
    /// [encryption]: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html
    pub fn encryption(mut self, encryption: Encryption) -> Self {
        self.tables.encryption = encryption;
        self
    }

    /// Sets the [class] of all tables, `STANDARD` by default.
    ///
    /// [class]: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.TableClasses.html
    pub fn table_class(mut self, class: TableClass) -> Self {
        self.tables.table_class = class;
        self
    }

    /// Adds a tag to all tables. `{table_name}` in `value` is replaced by the name of the table, including the prefix.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tables.tags.push(Tag::new(key, value));
        self
    }

    /// Creates tables with a stream of this view.
    pub fn stream(mut self, view: StreamView) -> Self {
        self.tables.stream = Some(view);
        self
    }

    /// Enables or disables [point-in-time recovery] of all tables.
    ///
    /// [point-in-time recovery]: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
    pub fn point_in_time_recovery(mut self, enabled: bool) -> Self {
        self.tables.point_in_time_recovery = enabled;
        self
    }

    /// Protects all tables from `DeleteTable`, or does not.
    pub fn deletion_protection(mut self, enabled: bool) -> Self {
        self.tables.deletion_protection = enabled;
        self
    }

    /// Sets the longest time to open a connection, 3 s by default, from 1 ms to 1 h.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = Some(timeout);
        self
    }

    /// Sets the longest time until the first byte of a response, 10 s by default, from 1 ms to 1 h, for each attempt.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.read = Some(timeout);
        self
    }

    /// Sets the longest time of one attempt, up to the last byte of the response, from 1 ms to 1 h. The default is the sum of the
    /// connect timeout, the read timeout and 7 s, which is 20 s with their defaults.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// Sets the longest time of a request with all its attempts and the waits between them, from 1 ms to 1 h. The default is three times
    /// the attempt timeout, which is 60 s with the defaults.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.operation = Some(timeout);
        self
    }

    /// Sets the maximum number of attempts, from 1 to 100: for a request, and for the unprocessed part of a batch.
    pub fn attempts_max(mut self, attempts_max: u32) -> Self {
        self.attempts_max = Some(attempts_max);
        self
    }

    /// Sets the upper bound of the wait before the second attempt, at most 1 h. It doubles with each further attempt.
    pub fn backoff_base(mut self, base: Duration) -> Self {
        self.backoff_base = Some(base);
        self
    }

    /// Sets the maximum number of requests that a call with many writes sends concurrently, 8 by default, from 1 to 1,000. See
    /// [`Database::with_write_concurrency`](djamodb_core::database::Database::with_write_concurrency).
    pub fn write_concurrency(mut self, requests: usize) -> Self {
        self.write_concurrency = Some(requests);
        self
    }

    /// Sets the maximum number of idle connections that are kept open.
    pub fn pool_size_max(mut self, pool_size_max: usize) -> Self {
        self.pool_size_max = Some(pool_size_max);
        self
    }

    /// Sets the maximum size of a response in bytes, 64 MiB by default, from 1 KiB to 1 GiB.
    pub fn response_bytes_max(mut self, response_bytes_max: usize) -> Self {
        self.response_bytes_max = Some(response_bytes_max);
        self
    }

    /// Adds a header to each request. The header is not part of the signature. The AWS SDK logs it, with its value, at the level
    /// `TRACE`.
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

    /// Validates the settings and returns them.
    ///
    /// # Errors
    ///
    /// - [`SettingsError::Scheme`] or [`SettingsError::Url`] if the URL is invalid.
    /// - [`SettingsError::UrlMissing`] if neither a URL, nor a host, nor a region is set.
    /// - [`SettingsError::Value`] if the region is misspelled, the host contains credentials, or the table prefix is longer than 251
    ///   characters or contains some that table names do not have.
    /// - [`SettingsError::OutOfRange`] if a timeout, a number of attempts, a wait, a size or a number of units is outside of its range.
    /// - [`SettingsError::Combination`] if settings require or exclude each other: the URL and a different host or region, an
    ///   access key without its secret, a session token without an access key, or capacity units without `PROVISIONED`.
    pub fn build(self) -> Result<Settings, SettingsError> {
        let url = self.url.as_deref().map(DatabaseUrl::parse).transpose()?;
        let (mut host, mut region) = (self.host, self.region);
        let scheme = match url {
            None if host.is_none() && region.is_none() => return Err(SettingsError::UrlMissing),
            None => DriverScheme::DynamoDb,
            Some(DatabaseUrl { scheme, location }) => {
                match location {
                    Location::InProcess | Location::Unspecified => {}
                    Location::Region(of_url) => {
                        let conflict = "the region of the URL differs from the region setting; set only one of them";
                        set_once(&mut region, of_url, conflict)?;
                    }
                    Location::Endpoint(of_url) => {
                        let conflict = "the host of the URL differs from the host setting; set only one of them";
                        set_once(&mut host, of_url, conflict)?;
                    }
                }
                scheme
            }
        };
        // The region of a custom endpoint may have any name, and the memory driver has none.
        let is_on_aws = scheme != DriverScheme::Memory && host.is_none();
        if let Some(region) = region.as_deref().filter(|region| is_on_aws && !region::is_plausible(region)) {
            let advice = region::nearest(region)
                .map_or("write it as `us-east-1`".to_owned(), |nearest| format!("did you mean `{nearest}`?"));
            return Err(SettingsError::value("region", format!("`{region}` is not a region of AWS; {advice}")));
        }
        if self.access_key_id.is_some() != self.secret_access_key.is_some() {
            return Err(SettingsError::Combination(
                "an access key and its secret must be set together; set both or neither",
            ));
        }
        if self.session_token.is_some() && self.access_key_id.is_none() {
            return Err(SettingsError::Combination(
                "a session token requires an access key and its secret; set all three",
            ));
        }
        if host.as_deref().is_some_and(|host| host.contains('@')) {
            return Err(SettingsError::value(
                "host",
                "credentials are not allowed in a URL; set an access key and its secret instead",
            ));
        }
        self.timeouts.check()?;
        let checks = [
            self.attempts_max.map(|max| check_range("attempts_max", max, &RetryPolicy::ATTEMPTS_RANGE)),
            self.backoff_base.map(|base| check_range("backoff_base", base, &RetryPolicy::WAIT_RANGE)),
            self.write_concurrency
                .map(|requests| check_range("write_concurrency", requests, &Database::WRITE_CONCURRENCY_RANGE)),
            self.response_bytes_max.map(|max| check_range("response_bytes_max", max, &RESPONSE_BYTES_RANGE)),
            self.read_units.map(|units| check_range("read_capacity_units", units, &UNITS_RANGE)),
            self.write_units.map(|units| check_range("write_capacity_units", units, &UNITS_RANGE)),
        ];
        checks.into_iter().flatten().collect::<Result<(), _>>()?;
        if self.tables.prefix.as_deref().is_some_and(|prefix| !is_valid_prefix(prefix)) {
            return Err(SettingsError::value("table_prefix", "expected 1 to 251 letters, digits, `_`, `-` and `.`"));
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
            timeouts: self.timeouts,
            attempts_max: self.attempts_max,
            backoff_base: self.backoff_base,
            write_concurrency: self.write_concurrency,
            pool_size_max: self.pool_size_max,
            response_bytes_max: self.response_bytes_max,
            extra_headers: self.extra_headers,
        })
    }
}

/// Shows no secrets: of the URL and the host only the scheme, name and port, of a header only the name.
impl fmt::Debug for SettingsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SettingsBuilder")
            .field("url", &self.url.as_deref().map(redacted_url))
            .field("host", &self.host.as_deref().map(redacted_url))
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &self.secret_access_key)
            .field("session_token", &self.session_token)
            .field("region", &self.region)
            .field("provisioned", &self.provisioned)
            .field("read_units", &self.read_units)
            .field("write_units", &self.write_units)
            .field("tables", &self.tables)
            .field("timeouts", &self.timeouts)
            .field("attempts_max", &self.attempts_max)
            .field("backoff_base", &self.backoff_base)
            .field("write_concurrency", &self.write_concurrency)
            .field("pool_size_max", &self.pool_size_max)
            .field("response_bytes_max", &self.response_bytes_max)
            .field("extra_headers", &self.extra_headers)
            .finish()
    }
}

fn set_once(setting: &mut Option<String>, value: String, conflict: &'static str) -> Result<(), SettingsError> {
    match setting {
        Some(current) if *current != value => Err(SettingsError::Combination(conflict)),
        setting => {
            *setting = Some(value);
            Ok(())
        }
    }
}

fn is_valid_prefix(text: &str) -> bool {
    (1..=PREFIX_LEN_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

fn billing(provisioned: Option<bool>, read: Option<u64>, write: Option<u64>) -> Result<Billing, SettingsError> {
    match (provisioned, read, write) {
        (Some(true), Some(read_units @ 1..), Some(write_units @ 1..)) => {
            Ok(Billing::Provisioned(Throughput { read_units, write_units }))
        }
        (Some(true), ..) => Err(SettingsError::Combination(
            "the billing mode PROVISIONED requires read and write capacity units of at least 1",
        )),
        (None | Some(false), None, None) => Ok(Billing::PayPerRequest),
        (None | Some(false), ..) => {
            Err(SettingsError::Combination("read and write capacity units require the billing mode PROVISIONED"))
        }
    }
}
