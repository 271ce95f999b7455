use djamodb::prelude::*;
use djamodb::schema::{IndexProjection, StreamView};

#[derive(Model)]
#[model(
    table = "weather",
    crate = "djamodb",
    stream = new_and_old_images,
    managed = false,
    time_to_live = expires,
    default_manager = of_kind,
    local_index(by_temp_max, range_key = temp_max, projection = keys_only, name = "by-temp-max"),
    global_index(by_kind, hash_key = kind, range_key = temp_max, projection = include(windy)),
    global_index(by_everything, hash_key = (kind, level), range_key = (temp_max, windiest), projection = all),
    manager(of_kind, index = by_kind),
    manager(of_everything, index = by_everything),
)]
struct Weather {
    #[model(hash_key, rename = "Location")]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
    #[model(default)]
    temp_max: f64,
    #[model(default = 5)]
    level: u8,
    windy: Option<bool>,
    #[model(default = "noon")]
    windiest: String,
    #[model(default = String::from("no ") + "source")]
    source: String,
    expires: Option<i64>,
}

fn main() {
    let table = &Weather::schema().table;
    assert_eq!(table.stream, Some(StreamView::NewAndOldImages));
    assert_eq!(table.time_to_live.as_deref(), Some("expires"));
    assert_eq!(table.key.hash[0].name, *"Location");
    assert_eq!(table.local_indexes[0].name, *"by-temp-max");
    assert_eq!(table.local_indexes[0].projection, IndexProjection::KeysOnly);
    assert_eq!(table.global_indexes[0].projection, IndexProjection::Include(vec!["windy".into()]));
    assert_eq!(table.global_indexes[1].key.names().count(), 4);

    assert_eq!(WeatherPrimary::meta().label(), "table");
    assert_eq!(WeatherByTempMax::meta().label(), "by-temp-max");
    assert_eq!(WeatherByKind::meta().label(), "by_kind");
    assert_eq!(WeatherByEverything::meta().label(), "by_everything");

    let item = Weather {
        location: "Seattle".to_owned(),
        date: "2015-01-01".to_owned(),
        kind: None,
        temp_max: 1.5,
        level: 1,
        windy: None,
        windiest: String::new(),
        source: String::new(),
        expires: None,
    }
    .key()
    .unwrap();
    let weather = Weather::from_item(&item).unwrap();
    assert_eq!((weather.temp_max, weather.level), (0.0, 5));
    assert_eq!((weather.windiest.as_str(), weather.source.as_str()), ("noon", "no source"));
    assert_eq!((weather.kind, weather.windy, weather.expires), (None, None, None));

    let _: Manager<Weather> = Weather::objects();
    let _: Manager<Weather, WeatherByKind> = Weather::default_manager();
    let _ = Weather::of_everything().set_hash_key(("rain", 5_u8));
}
