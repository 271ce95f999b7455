use chrono::TimeZone;
use djamodb::prelude::*;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
#[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
#[model(manager(objects_kind_temperature, index = kind_temperature_index))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: DateTime<Utc>,
    kind: Option<String>,
    temp_max: f64,
    windy: bool,
}

fn main() {
    let date = Utc.with_ymd_and_hms(2015, 1, 2, 3, 4, 5).unwrap();
    let weather =
        Weather { location: "Seattle".to_owned(), date, kind: Some("rain".to_owned()), temp_max: 12.8, windy: false };
    let item = weather.to_item().unwrap();
    assert_eq!(item.len(), 5);
    assert_eq!(Weather::from_item(&item).unwrap(), weather);
    assert_eq!(weather.key().unwrap().len(), 2);

    let schema = Weather::schema();
    assert_eq!(schema.model, "Weather");
    assert_eq!(schema.table.name, *"weather");
    assert_eq!(schema.indexes.len(), 2);
    assert_eq!(djamodb::model::registered().len(), 1);

    let seattle = Weather::objects().set_hash_key("Seattle");
    let _ = seattle.filter(Weather::DATE.gte(date) & Weather::KIND.startswith("ra") | !Weather::WINDY.eq(true));
    let _ = Weather::objects_kind_temperature().set_hash_key("rain");
    let _ = Weather::objects().set_index(Weather::KIND_TEMPERATURE_INDEX).set_hash_key("rain");
    let _ = seattle.set_index(Weather::KIND_TEMPERATURE_INDEX);
}
