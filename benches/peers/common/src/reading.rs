//! The record that all subjects read and write: ten attributes in about 100 bytes.

use djamodb::prelude::*;
use serde::{Deserialize, Serialize};

/// Readings in one city, which is one partition.
pub const READINGS_PER_CITY: usize = 100;

const KINDS: [&str; 10] = ["sun", "rain", "fog", "snow", "hail", "storm", "drizzle", "cloud", "sleet", "haze"];

/// One day of weather in one city.
#[derive(Model, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[model(table = "readings")]
pub struct Reading {
    /// Name of the city.
    #[model(hash_key)]
    pub city: String,
    /// Number of the day.
    #[model(range_key)]
    pub day: u32,
    /// Kind of weather.
    pub kind: String,
    /// Name of the station.
    pub station: String,
    /// Number that no other reading has.
    pub serial: u32,
    /// Highest temperature of the day.
    pub temp_max: f64,
    /// Lowest temperature of the day.
    pub temp_min: f64,
    /// Speed of the wind.
    pub wind: u32,
    /// `true` if the wind was strong.
    pub windy: bool,
    /// Free text.
    pub note: String,
}

/// The value of an attribute.
pub enum Field {
    /// A text.
    S(String),
    /// An integer.
    Integer(u32),
    /// A number with a fraction.
    Float(f64),
    /// A Boolean.
    Bool(bool),
}

impl Reading {
    /// Returns the reading of a number as it is stored first (`version` 0), or as it is written later.
    pub fn new(number: usize, version: u32) -> Self {
        let (city, day) = key(number);
        let small = day * 7 % 40;
        Self {
            city,
            day,
            kind: kind(number),
            station: format!("station {:03}", number % 200),
            serial: serial(number) + version * 100_000_000,
            temp_max: f64::from(small) + 0.5,
            temp_min: f64::from(small) / 4.0,
            wind: small + 3,
            windy: small > 20,
            note: "no remarks".to_owned(),
        }
    }

    /// Returns the attributes by name.
    pub fn fields(self) -> [(&'static str, Field); 10] {
        [
            ("city", Field::S(self.city)),
            ("day", Field::Integer(self.day)),
            ("kind", Field::S(self.kind)),
            ("note", Field::S(self.note)),
            ("serial", Field::Integer(self.serial)),
            ("station", Field::S(self.station)),
            ("temp_max", Field::Float(self.temp_max)),
            ("temp_min", Field::Float(self.temp_min)),
            ("wind", Field::Integer(self.wind)),
            ("windy", Field::Bool(self.windy)),
        ]
    }
}

/// Returns the key of the reading of a number.
pub fn key(number: usize) -> (String, u32) {
    (format!("city {:04}", number / READINGS_PER_CITY), small(number % READINGS_PER_CITY))
}

/// Returns the kind of weather of the reading of a number.
pub fn kind(number: usize) -> String {
    KINDS[number % KINDS.len()].to_owned()
}

/// Returns the serial number of the reading of a number, as it is stored first.
pub fn serial(number: usize) -> u32 {
    small(number)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 100,000,000 items")
}
