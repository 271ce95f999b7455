//! Settings from environment variables.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

use djamodb_core::schema::{Encryption, StreamView, TableClass};

use super::{SettingsBuilder, SettingsError};

const PREFIX: &str = "DJAMODB_";

/// Sets the value of the variable that is named by the second argument.
type Setter = fn(SettingsBuilder, &'static str, String) -> Result<SettingsBuilder, SettingsError>;

/// All environment variables.
const VARIABLES: &[(&str, Setter)] = &[
    ("DJAMODB_URL", |builder, _, value| Ok(builder.url(value))),
    ("DJAMODB_HOST", |builder, _, value| Ok(builder.host(value))),
    ("DJAMODB_ACCESS_KEY_ID", |builder, _, value| Ok(builder.access_key_id(value))),
    ("DJAMODB_SECRET_ACCESS_KEY", |builder, _, value| Ok(builder.secret_access_key(value))),
    ("DJAMODB_SESSION_TOKEN", |builder, _, value| Ok(builder.session_token(value))),
    ("DJAMODB_REGION", |builder, _, value| Ok(builder.region(value))),
    ("DJAMODB_TABLE_PREFIX", |builder, _, value| Ok(builder.table_prefix(value))),
    ("DJAMODB_BILLING_MODE", |mut builder, name, value| {
        builder.provisioned = Some(match value.as_str() {
            "PAY_PER_REQUEST" => false,
            "PROVISIONED" => true,
            _ => return Err(unexpected(name, "PAY_PER_REQUEST or PROVISIONED", &value)),
        });
        Ok(builder)
    }),
    ("DJAMODB_READ_CAPACITY_UNITS", |mut builder, name, value| {
        builder.read_units = Some(number(name, &value)?);
        Ok(builder)
    }),
    ("DJAMODB_WRITE_CAPACITY_UNITS", |mut builder, name, value| {
        builder.write_units = Some(number(name, &value)?);
        Ok(builder)
    }),
    ("DJAMODB_READ_REQUEST_UNITS_MAX", |mut builder, name, value| {
        builder.tables.on_demand_maximum.read_units = Some(number(name, &value)?);
        Ok(builder)
    }),
    ("DJAMODB_WRITE_REQUEST_UNITS_MAX", |mut builder, name, value| {
        builder.tables.on_demand_maximum.write_units = Some(number(name, &value)?);
        Ok(builder)
    }),
    ("DJAMODB_ENCRYPTION", |builder, _, value| {
        Ok(builder.encryption(match value.as_str() {
            "AWS_OWNED" => Encryption::AwsOwned,
            "AWS_MANAGED" => Encryption::AwsManaged,
            _ => Encryption::CustomerManaged(value),
        }))
    }),
    ("DJAMODB_TABLE_CLASS", |builder, name, value| {
        Ok(builder.table_class(match value.as_str() {
            "STANDARD" => TableClass::Standard,
            "STANDARD_INFREQUENT_ACCESS" => TableClass::StandardInfrequentAccess,
            _ => return Err(unexpected(name, "STANDARD or STANDARD_INFREQUENT_ACCESS", &value)),
        }))
    }),
    ("DJAMODB_TAGS", |builder, name, value| {
        Ok(object(name, &value)?.into_iter().fold(builder, |builder, (key, value)| builder.tag(key, value)))
    }),
    ("DJAMODB_STREAM", |builder, name, value| {
        Ok(builder.stream(match value.as_str() {
            "KEYS_ONLY" => StreamView::KeysOnly,
            "NEW_IMAGE" => StreamView::NewImage,
            "OLD_IMAGE" => StreamView::OldImage,
            "NEW_AND_OLD_IMAGES" => StreamView::NewAndOldImages,
            _ => return Err(unexpected(name, "KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES", &value)),
        }))
    }),
    (
        "DJAMODB_POINT_IN_TIME_RECOVERY",
        |builder, name, value| Ok(builder.point_in_time_recovery(switch(name, &value)?)),
    ),
    ("DJAMODB_DELETION_PROTECTION", |builder, name, value| Ok(builder.deletion_protection(switch(name, &value)?))),
    ("DJAMODB_CONNECT_TIMEOUT_SECONDS", |builder, name, value| Ok(builder.connect_timeout(seconds(name, &value)?))),
    ("DJAMODB_READ_TIMEOUT_SECONDS", |builder, name, value| Ok(builder.read_timeout(seconds(name, &value)?))),
    ("DJAMODB_ATTEMPT_TIMEOUT_SECONDS", |builder, name, value| Ok(builder.attempt_timeout(seconds(name, &value)?))),
    ("DJAMODB_OPERATION_TIMEOUT_SECONDS", |builder, name, value| Ok(builder.operation_timeout(seconds(name, &value)?))),
    ("DJAMODB_ATTEMPTS_MAX", |builder, name, value| Ok(builder.attempts_max(number(name, &value)?))),
    ("DJAMODB_BACKOFF_BASE_MILLISECONDS", |builder, name, value| {
        Ok(builder.backoff_base(Duration::from_millis(number(name, &value)?)))
    }),
    ("DJAMODB_WRITE_CONCURRENCY", |builder, name, value| Ok(builder.write_concurrency(number(name, &value)?))),
    ("DJAMODB_POOL_SIZE_MAX", |builder, name, value| Ok(builder.pool_size_max(number(name, &value)?))),
    ("DJAMODB_RESPONSE_BYTES_MAX", |builder, name, value| Ok(builder.response_bytes_max(number(name, &value)?))),
    ("DJAMODB_EXTRA_HEADERS", |builder, name, value| {
        Ok(object(name, &value)?.into_iter().fold(builder, |builder, (name, value)| builder.extra_header(name, value)))
    }),
    // Read by the test support.
    ("DJAMODB_TEST_URL", |builder, _, _| Ok(builder)),
];

impl SettingsBuilder {
    /// Reads the variables that begin with `DJAMODB_`. An unknown one is an error, because it is most likely misspelled.
    /// Variables with an empty value are ignored.
    pub(super) fn from_vars(
        vars: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, SettingsError> {
        let mut builder = Self::default();
        for (name, value) in vars {
            let (name, value) = (name.into(), value.into());
            if !name.starts_with(PREFIX) || value.is_empty() {
                continue;
            }
            builder = match VARIABLES.iter().find(|(variable, _)| *variable == name) {
                Some(&(variable, set)) => set(builder, variable, value)?,
                None => return Err(SettingsError::UnknownVariable { nearest: nearest(&name), name }),
            };
        }
        Ok(builder)
    }
}

impl SettingsBuilder {
    /// Reads the variables that begin with `DJAMODB_`, whose values must be valid Unicode. Errors do not show such a value.
    pub(super) fn from_vars_os(vars: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, SettingsError> {
        let mut own = Vec::new();
        for (name, value) in vars {
            if !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
                continue;
            }
            let name = name.into_string().unwrap_or_else(|name| name.to_string_lossy().into_owned());
            let Ok(value) = value.into_string() else {
                return Err(match VARIABLES.iter().find(|(variable, _)| *variable == name) {
                    Some(&(variable, _)) => {
                        SettingsError::value(variable, "the value is not valid Unicode; write it in UTF-8")
                    }
                    None => SettingsError::UnknownVariable { nearest: nearest(&name), name },
                });
            };
            own.push((name, value));
        }
        Self::from_vars(own)
    }
}

/// Returns the name of the most similar variable, or `None` if no name is similar.
fn nearest(name: &str) -> Option<&'static str> {
    let setting = name.strip_prefix(PREFIX)?;
    VARIABLES
        .iter()
        .map(|&(variable, _)| (strsim::jaro_winkler(&variable[PREFIX.len()..], setting), variable))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, variable)| variable)
}

fn number<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<T, SettingsError> {
    text.parse().map_err(|_| unexpected(name, "a whole number", text))
}

fn switch(name: &'static str, text: &str) -> Result<bool, SettingsError> {
    text.parse().map_err(|_| unexpected(name, "true or false", text))
}

fn seconds(name: &'static str, text: &str) -> Result<Duration, SettingsError> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| unexpected(name, "a number of seconds", text))
}

fn object(name: &'static str, text: &str) -> Result<BTreeMap<String, String>, SettingsError> {
    serde_json::from_str(text).map_err(|_| {
        // The text may contain a secret, for example in a header, so the error does not show it.
        SettingsError::value(name, "expected a JSON object of texts, for example {\"team\": \"weather\"}")
    })
}

fn unexpected(name: &'static str, expected: &str, found: &str) -> SettingsError {
    SettingsError::value(name, format!("expected {expected}, found {found:?}"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    fn os(bytes: &[u8]) -> OsString {
        OsString::from_vec(bytes.to_vec())
    }

    #[test]
    fn a_variable_that_is_not_unicode_is_an_error_only_if_it_is_a_setting_and_is_not_shown() {
        let url = || (os(b"DJAMODB_URL"), os(b"memory://"));
        let of = |name: &[u8], value: &[u8]| {
            SettingsBuilder::from_vars_os([url(), (os(name), os(value))]).and_then(SettingsBuilder::build)
        };
        assert!(of(b"PATH", b"hidden\xff").is_ok());
        assert!(of(b"\xff", b"hidden").is_ok());
        let message = of(b"DJAMODB_SECRET_ACCESS_KEY", b"hidden\xff").unwrap_err().to_string();
        assert!(message.contains("DJAMODB_SECRET_ACCESS_KEY") && message.contains("not valid Unicode"), "{message}");
        assert!(!message.contains("hidden"), "{message}");
        for (name, value) in [(&b"DJAMODB_REGON"[..], &b"hidden\xff"[..]), (b"DJAMODB_\xff", b"hidden")] {
            let error = of(name, value).unwrap_err();
            assert!(
                matches!(error, SettingsError::UnknownVariable { .. }) && !error.to_string().contains("hidden"),
                "{error}"
            );
        }
    }
}
