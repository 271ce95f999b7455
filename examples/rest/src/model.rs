//! The model, and what its fields can hold.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use djamodb::prelude::*;
use serde::{Serialize, Serializer};

/// The longest name of a place or a kind of weather, in bytes. DynamoDB takes 1024 in any key.
const NAME_BYTES_MAX: usize = 200;

/// The coldest and the warmest that a day can be, in degrees Celsius.
const TEMPERATURES: std::ops::RangeInclusive<f64> = -100.0..=70.0;

/// One day in one place.
///
/// The hash key is the place, so that its days lie together, ordered by date. The index has few hash keys, one for each kind of
/// weather: that is for show, since a busy table wants many.
#[derive(Model, Serialize, Clone, Debug, Default, PartialEq)]
#[model(table = "weather")]
#[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
#[model(manager(objects_kind_temperature, index = kind_temperature_index))]
pub struct Weather {
    /// The place.
    #[model(hash_key)]
    pub location: String,
    /// The day, as its midnight in UTC; in JSON `2014-01-02`.
    #[model(range_key)]
    #[serde(serialize_with = "serialize_day")]
    pub date: DateTime<Utc>,
    /// `sun`, `rain`, `snow` or whatever it was.
    pub kind: Option<String>,
    /// The day's highest temperature, in degrees Celsius.
    pub temp_max: f64,
    /// Whether there was much wind.
    pub windy: bool,
}

impl Weather {
    /// A value of which only the key counts, to change or delete the item of that key.
    pub(crate) fn of_key((location, date): (String, DateTime<Utc>)) -> Self {
        Self { location, date, ..Self::default() }
    }

    /// Where the service has this day.
    pub(crate) fn path(&self) -> String {
        // A form writes a space as `+`, which in a path is a plus; a plus itself it writes as `%2B`.
        let location: String = form_urlencoded::byte_serialize(self.location.as_bytes()).collect();
        format!("/weather/{}/{}", location.replace('+', "%20"), self.date.format("%Y-%m-%d"))
    }
}

fn serialize_day<S: Serializer>(date: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&date.format("%Y-%m-%d"))
}

/// A place. It is part of the day's path, where `.` and `..` mean something else.
pub(crate) fn location(text: String) -> Result<String, String> {
    match text.as_str() {
        "." | ".." => Err("must not be `.` or `..`".to_owned()),
        _ => name(text),
    }
}

/// A day.
pub(crate) fn day(text: String) -> Result<DateTime<Utc>, String> {
    match text.parse::<NaiveDate>() {
        Ok(day) if (1..=9999).contains(&day.year()) => Ok(day.and_time(NaiveTime::MIN).and_utc()),
        _ => Err("must be a day of the years 1 to 9999, like 2014-01-02".to_owned()),
    }
}

/// A kind of weather, or that there is none.
pub(crate) fn kind(text: Option<String>) -> Result<Option<String>, String> {
    text.map(name).transpose()
}

/// A temperature.
pub(crate) fn temperature(degrees: f64) -> Result<f64, String> {
    if TEMPERATURES.contains(&degrees) {
        return Ok(degrees);
    }
    Err(format!("must be between {} and {} degrees", TEMPERATURES.start(), TEMPERATURES.end()))
}

/// What can be a key in DynamoDB: a text that is not empty, and not long.
pub(crate) fn name(text: String) -> Result<String, String> {
    match text.len() {
        1..=NAME_BYTES_MAX => Ok(text),
        found => Err(format!("must have 1 to {NAME_BYTES_MAX} bytes, and has {found}")),
    }
}
