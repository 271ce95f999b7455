#![deny(warnings)]

use std::collections::BTreeMap;

use djamodb::model::JoinedKey;
use djamodb::prelude::*;

#[derive(AttributeType, Clone, Copy, PartialEq, Debug)]
enum Kind {
    Rain,
    Sun,
}

#[derive(AttributeType, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[attribute(join = "||")]
pub struct Place {
    country: String,
    r#type: u32,
}

#[derive(AttributeType, PartialEq, Debug)]
#[attribute(join = "#", crate = "djamodb")]
struct Reading(Kind, Uuid, i64, Box<str>);

#[derive(Model)]
#[model(table = "visits", global_index(by_reading, hash_key = reading))]
struct Visit {
    #[model(hash_key)]
    place: Place,
    reading: Option<Reading>,
    notes: BTreeMap<Place, String>,
}

fn main() {
    let _ = Place::prefix("cz");
    let _ = Visit::READING.startswith(Reading::prefix((Kind::Rain, Uuid::nil(), 3)));
    let _ = Visit::READING.startswith(Reading::prefix(Kind::Sun));
    let _ = Visit::PLACE.eq(Place { country: String::new(), r#type: 1 });
    let _ = Visit::objects().set_index(Visit::BY_READING).set_hash_key(Reading(Kind::Sun, Uuid::nil(), 1, "".into()));
    assert_eq!(Place::PARTS, ["country", "type"]);
    assert_eq!(Reading::PARTS, ["0", "1", "2", "3"]);
    assert_eq!(Reading::SEPARATOR, "#");
    // The conditions of a key hold, also where the derive of a model checks them.
    fn is_key<T: djamodb::model::MapKey>() {}
    is_key::<Reading>();
}
