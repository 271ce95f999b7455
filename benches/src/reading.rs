//! The items of the operations, of about 100 bytes with ten attributes, and their models.

use djamodb::prelude::*;
use djamodb_core::value::{AttributeValue, Item, Name, Number};

/// Number of items of one partition.
pub(crate) const PARTITION_ITEMS: usize = 100;

pub(crate) const STATION: Name = Name::from_static("station");
pub(crate) const DAY: Name = Name::from_static("day");
pub(crate) const KIND: Name = Name::from_static("kind");
pub(crate) const MAX: Name = Name::from_static("max");

/// A model whose values have numbers.
pub trait Numbered: Model {
    /// Returns the value with this number. Values of one number and several revisions differ outside of their keys.
    fn numbered(number: usize, revision: usize) -> Self;
}

/// Declares a model of readings, whose table and indexes the attributes declare.
macro_rules! model {
    ($name:ident, $(#[$attribute:meta])+) => {
        #[derive(Model, Clone, Debug, PartialEq)]
        $(#[$attribute])+
        pub struct $name {
            /// Name of the weather station.
            #[model(hash_key)]
            pub station: String,
            /// Number of the day.
            #[model(range_key)]
            pub day: u32,
            /// Kind of weather.
            pub kind: String,
            /// Highest temperature.
            pub max: f64,
            /// Lowest temperature.
            pub min: f64,
            /// Speed of the wind.
            pub wind: f64,
            /// `true` if it was windy.
            pub windy: bool,
            /// Precipitation.
            pub rain: Option<f64>,
            /// Instrument that measured.
            pub source: String,
            /// Number of observations.
            pub count: u64,
        }

        impl Numbered for $name {
            fn numbered(number: usize, revision: usize) -> Self {
                let Values { station, day, kind, max, min, wind, source, count } = Values::new(number, revision);
                let (kind, source) = (kind.to_owned(), source.to_owned());
                Self { station, day, kind, max, min, wind, windy: wind > 5.0, rain: Some(0.5), source, count }
            }
        }
    };
}

model! {
    Reading,
    /// A reading in a table without indexes.
    #[model(table = "readings")]
}

model! {
    IndexedOnce,
    /// A reading in a table with one global index.
    #[model(table = "readings_indexed_once", global_index(by_kind, hash_key = kind, range_key = max))]
}

model! {
    IndexedThrice,
    /// A reading in a table with three global indexes.
    #[model(table = "readings_indexed_thrice", global_index(by_kind, hash_key = kind, range_key = max))]
    #[model(global_index(by_source, hash_key = source, range_key = min))]
    #[model(global_index(by_wind, hash_key = station, range_key = wind))]
}

/// The parts of a reading that differ between readings.
struct Values {
    station: String,
    day: u32,
    kind: &'static str,
    max: f64,
    min: f64,
    wind: f64,
    source: &'static str,
    count: u64,
}

impl Values {
    fn new(number: usize, revision: usize) -> Self {
        let tenths = |factor: usize| tenths((number * factor + revision * 7) % 400);
        Self {
            station: station(number),
            day: day(number),
            kind: kind(number + revision),
            max: tenths(17),
            min: tenths(31),
            wind: tenths(13),
            source: ["radar", "mast", "buoy"][(number + revision) % 3],
            count: (number % 1000) as u64,
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "the numbers are small")]
fn tenths(number: usize) -> f64 {
    number as f64 / 10.0
}

pub(crate) fn station(number: usize) -> String {
    format!("station-{:04}", number / PARTITION_ITEMS)
}

#[allow(clippy::cast_possible_truncation, reason = "the days of a partition are few")]
pub(crate) fn day(number: usize) -> u32 {
    (number % PARTITION_ITEMS) as u32
}

pub(crate) fn kind(number: usize) -> &'static str {
    ["sun", "rain", "fog", "drizzle"][number % 4]
}

/// Returns the item of a value, built by hand-written code.
pub(crate) fn item(number: usize, revision: usize) -> Item {
    let Values { station, day, kind, max, min, wind, source, count } = Values::new(number, revision);
    let float = |float| AttributeValue::N(Number::from_f64(float).expect("the numbers have two digits"));
    let attributes = [
        (Name::from_static("count"), count.into()),
        (DAY, day.into()),
        (KIND, kind.into()),
        (MAX, float(max)),
        (Name::from_static("min"), float(min)),
        (Name::from_static("rain"), float(0.5)),
        (Name::from_static("source"), source.into()),
        (STATION, station.into()),
        (Name::from_static("wind"), float(wind)),
        (Name::from_static("windy"), (wind > 5.0).into()),
    ];
    attributes.into_iter().collect()
}

/// Returns the key of an item.
pub(crate) fn key(number: usize) -> Item {
    [(DAY, day(number).into()), (STATION, station(number).into())].into_iter().collect()
}

/// Returns the row of an item, decoded by hand-written code, or `None` if an attribute is missing or of another type.
pub(crate) fn row(item: &Item) -> Option<Reading> {
    let text = |name| Some(item.get(name)?.as_s()?.to_owned());
    let number = |name| item.get(name)?.as_n();
    Some(Reading {
        station: text("station")?,
        day: number("day")?.to_i128()?.try_into().ok()?,
        kind: text("kind")?,
        max: number("max")?.to_f64(),
        min: number("min")?.to_f64(),
        wind: number("wind")?.to_f64(),
        windy: item.get("windy")?.as_bool()?,
        rain: number("rain").map(Number::to_f64),
        source: text("source")?,
        count: number("count")?.to_i128()?.try_into().ok()?,
    })
}
