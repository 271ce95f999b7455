#![deny(warnings)]

use djamodb::prelude::*;

mod models {
    use djamodb::prelude::*;

    #[derive(Document, Clone, Debug, PartialEq)]
    pub struct Station {
        pub city: String,
    }

    #[derive(Model)]
    #[model(table = "weather")]
    pub struct Weather {
        #[model(hash_key)]
        pub location: String,
        #[model(rename = "isWindy", default = true)]
        pub windy: bool,
        #[model(default = "unknown")]
        pub source: String,
        pub station: Option<Station>,
        pub r#type: u8,
    }
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = models::Weather, crate = "::djamodb")]
struct Row {
    windy: bool,
    #[projection(attribute = source)]
    origin: String,
    station: Option<models::Station>,
    r#type: u8,
}

/// A projection without attributes.
#[derive(Projection, Debug, PartialEq)]
#[projection(model = models::Weather)]
struct Empty {}

fn main() {
    use djamodb::value::Item;

    let paths: Vec<String> = <Row as Projection<_>>::paths().iter().map(ToString::to_string).collect();
    assert_eq!(paths, ["isWindy", "source", "station", "type"]);
    let row = Row::from_item(&Item::new().with("type", 7)).unwrap();
    assert_eq!(row, Row { windy: true, origin: "unknown".to_owned(), station: None, r#type: 7 });
    let error = Row::from_item(&Item::new()).unwrap_err();
    assert_eq!(error.path(), "type");
    assert_eq!(Empty::from_item(&Item::new()), Ok(Empty {}));
    let _ = (row.windy, row.origin, row.station, row.r#type);
    let weather = models::Weather { location: String::new(), windy: true, source: String::new(), station: None, r#type: 1 };
    let _ = (weather.location, weather.windy, weather.source, weather.station, weather.r#type);
}
