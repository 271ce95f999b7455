use djamodb::prelude::*;

/// Text: a key type with an order, a prefix and `contains`.
#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Location(String);

/// A number: a key type with an order.
#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Level(u8);

/// A boolean: neither a key type nor ordered.
#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Windy(bool);

#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Tags(Vec<String>);

#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Measured<T>(Option<T>);

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: Location,
    #[model(range_key)]
    level: Level,
    windy: Windy,
    tags: Tags,
    measured: Measured<f64>,
}

fn main() {
    let _ = Weather::objects().set_hash_key(Location("Seattle".to_owned()));
    let _ = Weather::LOCATION.startswith("Sea") & Weather::LOCATION.contains("at");
    let _ = Weather::LEVEL.between(Level(1), Level(2));
    let _ = Weather::WINDY.eq(Windy(true));
    let _ = Weather::TAGS.contains("cold") & Weather::TAGS.index(0).eq("cold");

    let weather = Weather {
        location: Location("Seattle".to_owned()),
        level: Level(1),
        windy: Windy(true),
        tags: Tags(vec!["cold".to_owned()]),
        measured: Measured(None),
    };
    let item = weather.to_item().unwrap();
    assert!(!item.contains_key("measured"), "a newtype is absent if the inner value is");
    assert_eq!(Weather::from_item(&item).unwrap(), weather);
}
