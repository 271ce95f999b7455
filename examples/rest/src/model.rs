//! The model and the validation of its fields.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use djamodb::prelude::*;
use serde::{Serialize, Serializer};

/// Maximum length of a location or a kind of weather, in bytes. DynamoDB allows 1024 in any key.
const NAME_BYTES_MAX: usize = 200;

/// Valid temperatures, in degrees Celsius.
const TEMPERATURES: std::ops::RangeInclusive<f64> = -100.0..=70.0;

/// One day at one location.
///
/// The hash key is the location, so the days of a location are one partition, sorted by date. The index has only a few hash keys, one
/// for each kind of weather. A table under load needs many.
#[derive(Model, Serialize, Clone, Debug, Default, PartialEq)]
#[model(table = "weather")]
#[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
#[model(manager(objects_kind_temperature, index = kind_temperature_index))]
pub struct Weather {
    /// Name of the location.
    #[model(hash_key)]
    pub location: String,
    /// Start of the day in UTC. In JSON it has the form `2014-01-02`.
    #[model(range_key)]
    #[serde(serialize_with = "serialize_day")]
    pub date: DateTime<Utc>,
    /// Kind of weather, for example `sun`, `rain` or `snow`.
    pub kind: Option<String>,
    /// Highest temperature of the day, in degrees Celsius.
    pub temp_max: f64,
    /// `true` if the day was windy.
    pub windy: bool,
}

impl Weather {
    /// Returns a value with the given key, to change or delete the item. The other fields have default values.
    pub(crate) fn with_key((location, date): (String, DateTime<Utc>)) -> Self {
        Self { location, date, ..Self::default() }
    }

    /// Returns the path of the day.
    pub(crate) fn path(&self) -> String {
        // Form encoding writes a space as `+`, which means a plus in a path, and a plus as `%2B`.
        let location: String = form_urlencoded::byte_serialize(self.location.as_bytes()).collect();
        format!("/weather/{}/{}", location.replace('+', "%20"), self.date.format("%Y-%m-%d"))
    }
}

fn serialize_day<S: Serializer>(date: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&date.format("%Y-%m-%d"))
}

/// Validates a location. `.` and `..` are rejected because they have a special meaning in paths.
pub(crate) fn location(text: String) -> Result<String, String> {
    match text.as_str() {
        "." | ".." => Err("must not be `.` or `..`".to_owned()),
        _ => name(text),
    }
}

/// Parses a date.
pub(crate) fn day(text: String) -> Result<DateTime<Utc>, String> {
    match text.parse::<NaiveDate>() {
        Ok(day) if (1..=9999).contains(&day.year()) => Ok(day.and_time(NaiveTime::MIN).and_utc()),
        _ => Err("must be a date from year 1 to 9999 in the form 2014-01-02".to_owned()),
    }
}

/// Validates an optional kind of weather.
pub(crate) fn kind(text: Option<String>) -> Result<Option<String>, String> {
    text.map(name).transpose()
}

/// Validates a temperature. DynamoDB's numbers do not come as close to 0 as floats do.
pub(crate) fn temperature(degrees: f64) -> Result<f64, String> {
    if !TEMPERATURES.contains(&degrees) {
        return Err(format!("must be between {} and {} degrees", TEMPERATURES.start(), TEMPERATURES.end()));
    }
    match degrees.encode_exact() {
        Ok(_) => Ok(degrees),
        Err(error) => Err(format!("cannot be stored: {error}")),
    }
}

/// Validates a text that is used as a key.
pub(crate) fn name(text: String) -> Result<String, String> {
    match text.len() {
        1..=NAME_BYTES_MAX => Ok(text),
        found => Err(format!("must have 1 to {NAME_BYTES_MAX} bytes, found {found}")),
    }
}
