//! The models that the examples in djamodb's documentation share.
//!
//! Each documented example uses [`Weather`] and a [`weather_database`] that holds three days of it:
//!
//! | `location` | `day` | `kind` | `temp_max` |
//! |---|--:|---|--:|
//! | Seattle | 1 | sun | 7.2 |
//! | Seattle | 2 | rain | 10.6 |
//! | Seattle | 3 | rain | 9.4 |
//!
//! Examples of writes use [`City`] and an empty [`city_database`].

use std::collections::BTreeSet;

use djamodb::prelude::*;

/// One day of weather at one location.
///
/// The table `weather` has the hash key `location` and the range key `day`. Its global index `by_kind` has the hash key `kind`
/// and the range key `temp_max`.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
pub struct Weather {
    /// Name of the city.
    #[model(hash_key)]
    pub location: String,
    /// Number of the day, from 1.
    #[model(range_key)]
    pub day: u32,
    /// Kind of weather, for example `rain`.
    pub kind: Option<String>,
    /// Highest temperature of the day, in degrees Celsius.
    pub temp_max: f64,
}

impl Weather {
    /// Returns a day in Seattle.
    pub fn seattle(day: u32, kind: &str, temp_max: f64) -> Self {
        Self { location: "Seattle".to_owned(), day, kind: Some(kind.to_owned()), temp_max }
    }
}

/// Returns an in-memory database whose table `weather` holds the three days of the table above.
///
/// # Errors
///
/// Returns an error if the table cannot be created or an item cannot be saved.
pub async fn weather_database() -> Result<Database, djamodb::Error> {
    let db = Database::new(djamodb::MemoryDriver::new());
    db.create_table::<Weather>().await?;
    for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
        Weather::seattle(day, kind, temp_max).save(&db).await?;
    }
    Ok(db)
}

/// One city, in the table `cities` with the hash key `name`.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "cities")]
pub struct City {
    /// Name of the city.
    #[model(hash_key)]
    pub name: String,
    /// Name of the region.
    pub region: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Number of visits.
    pub visits: u32,
    /// Labels.
    pub tags: BTreeSet<String>,
    /// Entries in the order in which they were added.
    #[model(default)]
    pub log: Vec<String>,
}

impl City {
    /// Returns a city with a number of visits and no other attributes.
    pub fn new(name: &str, visits: u32) -> Self {
        Self { name: name.to_owned(), region: None, note: None, visits, tags: BTreeSet::new(), log: Vec::new() }
    }
}

/// Returns an in-memory database with an empty table `cities`.
///
/// # Errors
///
/// Returns an error if the table cannot be created.
pub async fn city_database() -> Result<Database, djamodb::Error> {
    let db = Database::new(djamodb::MemoryDriver::new());
    db.create_table::<City>().await?;
    Ok(db)
}
