use djamodb::model::CodecErrorKind;
use djamodb::prelude::*;

#[derive(Document, Clone, Debug, PartialEq)]
struct Station {
    city: String,
    #[document(rename = "pos")]
    position: Option<Position>,
    #[document(default = 1)]
    sensors: u8,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Position {
    latitude: f64,
    longitude: f64,
}

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    station: Option<Station>,
    stations: Vec<Station>,
}

fn main() {
    let path = Weather::STATION.at(Station::POSITION).at(Position::LATITUDE);
    assert_eq!(path.path().to_string(), "station.pos.latitude");
    let _ = path.gt(47.6);
    let _ = Weather::STATIONS.index(0).at(Station::CITY).startswith("S");

    let station = Station { city: "Seattle".to_owned(), position: None, sensors: 2 };
    let mut value = station.encode().unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"M":{"city":{"S":"Seattle"},"sensors":{"N":"2"}}}"#);
    assert_eq!(Station::decode(&value).unwrap(), station);

    let djamodb::value::AttributeValue::M(map) = &mut value else { unreachable!() };
    map.remove("sensors");
    assert_eq!(Station::decode(&value).unwrap().sensors, 1);
    let djamodb::value::AttributeValue::M(map) = &mut value else { unreachable!() };
    map.remove("city");
    let error = Station::decode(&value).unwrap_err();
    assert_eq!((error.path(), error.kind()), ("city", &CodecErrorKind::Missing));
    assert!((Station::type_info().parse)("Seattle").is_err());
}
