//! Settings from environment variables.

use std::collections::BTreeMap;
use std::time::Duration;

use djamodb_core::schema::StreamView;

use super::{SettingsBuilder, SettingsError};

const PREFIX: &str = "DJAMODB_";

impl SettingsBuilder {
    /// What variables say. A variable that begins with `DJAMODB_` and means nothing is an error: it is most likely misspelt.
    pub(super) fn from_vars(
        vars: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, SettingsError> {
        let mut builder = Self::default();
        for (name, value) in vars {
            let (name, value) = (name.into(), value.into());
            if let (Some(setting), false) = (name.strip_prefix(PREFIX), value.is_empty()) {
                builder = builder.set(setting, value)?;
            }
        }
        Ok(builder)
    }

    fn set(mut self, setting: &str, value: String) -> Result<Self, SettingsError> {
        Ok(match setting {
            "URL" => self.url(value),
            "HOST" => self.host(value),
            "ACCESS_KEY_ID" => self.access_key_id(value),
            "SECRET_ACCESS_KEY" => self.secret_access_key(value),
            "SESSION_TOKEN" => self.session_token(value),
            "REGION" => self.region(value),
            "TABLE_PREFIX" => self.table_prefix(value),
            "BILLING_MODE" => {
                self.provisioned = Some(match value.as_str() {
                    "PAY_PER_REQUEST" => false,
                    "PROVISIONED" => true,
                    _ => return Err(refused("DJAMODB_BILLING_MODE", "PAY_PER_REQUEST or PROVISIONED", &value)),
                });
                self
            }
            "READ_CAPACITY_UNITS" => {
                self.read_units = Some(number("DJAMODB_READ_CAPACITY_UNITS", &value)?);
                self
            }
            "WRITE_CAPACITY_UNITS" => {
                self.write_units = Some(number("DJAMODB_WRITE_CAPACITY_UNITS", &value)?);
                self
            }
            "TAGS" => {
                object("DJAMODB_TAGS", &value)?.into_iter().fold(self, |builder, (key, value)| builder.tag(key, value))
            }
            "STREAM" => {
                let view: StreamView = serde_json::from_value(value.clone().into()).map_err(|_| {
                    refused("DJAMODB_STREAM", "KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES", &value)
                })?;
                self.stream(view)
            }
            "POINT_IN_TIME_RECOVERY" => match value.as_str() {
                "true" => self.point_in_time_recovery(true),
                "false" => self.point_in_time_recovery(false),
                _ => return Err(refused("DJAMODB_POINT_IN_TIME_RECOVERY", "true or false", &value)),
            },
            "CONNECT_TIMEOUT_SECONDS" => self.connect_timeout(seconds("DJAMODB_CONNECT_TIMEOUT_SECONDS", &value)?),
            "READ_TIMEOUT_SECONDS" => self.read_timeout(seconds("DJAMODB_READ_TIMEOUT_SECONDS", &value)?),
            "ATTEMPTS_MAX" => self.attempts_max(number("DJAMODB_ATTEMPTS_MAX", &value)?),
            "BACKOFF_BASE_MILLISECONDS" => {
                self.backoff_base(Duration::from_millis(number("DJAMODB_BACKOFF_BASE_MILLISECONDS", &value)?))
            }
            "POOL_SIZE_MAX" => self.pool_size_max(number("DJAMODB_POOL_SIZE_MAX", &value)?),
            "EXTRA_HEADERS" => object("DJAMODB_EXTRA_HEADERS", &value)?
                .into_iter()
                .fold(self, |builder, (name, value)| builder.extra_header(name, value)),
            // Read by the test support.
            "TEST_URL" => self,
            other => {
                return Err(SettingsError::value(
                    "of the environment",
                    format!(
                        "there is no {PREFIX}{other}; see the documentation of `djamodb::settings` for those there are"
                    ),
                ));
            }
        })
    }
}

fn number<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<T, SettingsError> {
    text.parse().map_err(|_| refused(name, "a whole number", text))
}

fn seconds(name: &'static str, text: &str) -> Result<Duration, SettingsError> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| refused(name, "a number of seconds", text))
}

fn object(name: &'static str, text: &str) -> Result<BTreeMap<String, String>, SettingsError> {
    serde_json::from_str(text).map_err(|_| {
        // The text may hold a secret, in a header for example.
        SettingsError::value(name, "it is a JSON object of texts, such as {\"team\": \"weather\"}")
    })
}

fn refused(name: &'static str, expected: &str, found: &str) -> SettingsError {
    SettingsError::value(name, format!("it is {expected}, not {found:?}"))
}
