//! `values`: some of the attributes, as tuples.

use std::collections::BTreeMap;

use djamodb::Error;
use djamodb::model::CodecErrorKind;
use djamodb::planner::PlanError;
use djamodb::prelude::*;

use crate::models::{Event, database, database_with};

#[derive(Document, Clone, Debug, PartialEq)]
struct Station {
    city: String,
    #[document(default = 3)]
    sensors: u8,
    height: Option<f64>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "measurements")]
#[model(global_index(by_unit, hash_key = unit, range_key = at, projection = include(value)))]
struct Measurement {
    #[model(hash_key)]
    series: String,
    #[model(range_key)]
    at: DateTime<Utc>,
    #[model(default = "kelvin")]
    unit: String,
    value: f64,
    station: Option<Station>,
    readings: Vec<Station>,
    notes: BTreeMap<String, String>,
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn station(city: &str) -> Station {
    Station { city: city.to_owned(), sensors: 1, height: None }
}

async fn measurements() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Measurement>().await.unwrap();
    for at in 0..3_u8 {
        let measurement = Measurement {
            series: "s".to_owned(),
            at: time(at.into()),
            unit: "celsius".to_owned(),
            value: f64::from(at) / 2.0,
            station: (at != 1).then(|| station("Seattle")),
            readings: ["a", "b", "c"][..at.into()].iter().map(|city| station(city)).collect(),
            notes: BTreeMap::from([("by".to_owned(), format!("observer {at}"))]),
        };
        measurement.clone().save(&db).await.unwrap();
    }
    db
}

fn projection<M: Model, R, I: Index<Model = M>>(rows: &QuerySet<M, R, I>) -> String {
    let plan = rows.explain().unwrap().plan.to_string();
    let start = plan.find("projection: ").expect("a projection is shown");
    plan[start..].lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn rows_are_tuples_of_the_types_of_their_attributes() {
    let db = measurements().await;
    let series = Measurement::objects().set_hash_key("s");
    let rows: Vec<(DateTime<Utc>, f64)> = series.values((Measurement::AT, Measurement::VALUE)).all(&db).await.unwrap();
    assert_eq!(rows, [(time(0), 0.0), (time(1), 0.5), (time(2), 1.0)]);
    let rows = series.values((Measurement::STATION,));
    let stations: Vec<(Option<Station>,)> = rows.all(&db).await.unwrap();
    assert_eq!(stations, [(Some(station("Seattle")),), (None,), (Some(station("Seattle")),)]);
    assert_eq!(projection(&rows), "projection: series, at, station; ascending");
    assert_eq!(series.set_limit(1).values(Measurement::SERIES).get(&db).await.unwrap(), "s");
    assert!(series.values(Measurement::SERIES).get(&db).await.unwrap_err().is_multiple_objects_returned());
    let none = Measurement::objects().set_hash_key("none").values(Measurement::SERIES);
    assert!(none.get(&db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!((none.first(&db).await.unwrap(), none.last(&db).await.unwrap()), (None, None));
}

#[tokio::test]
async fn nested_paths_are_values() {
    let db = measurements().await;
    let series = Measurement::objects().set_hash_key("s");
    let inside = series.values((
        Measurement::STATION.at(Station::CITY).optional(),
        Measurement::STATION.at(Station::HEIGHT),
        Measurement::NOTES.key("by"),
        Measurement::READINGS.index(1).at(Station::CITY).optional(),
        Measurement::READINGS.index(0).optional(),
    ));
    assert_eq!(
        projection(&inside),
        "projection: series, at, station.city, station.height, notes.by, readings; ascending",
        "lists are whole, since the service closes their gaps"
    );
    let rows = inside.all(&db).await.unwrap();
    let seattle = || Some("Seattle".to_owned());
    assert_eq!(rows[0], (seattle(), None, "observer 0".to_owned(), None, None));
    assert_eq!(rows[1], (None, None, "observer 1".to_owned(), None, Some(station("a"))));
    assert_eq!(rows[2], (seattle(), None, "observer 2".to_owned(), Some("b".to_owned()), Some(station("a"))));
    let overlapping = series.values((Measurement::STATION.at(Station::CITY).optional(), Measurement::STATION));
    assert_eq!(projection(&overlapping), "projection: series, at, station; ascending", "the service refuses overlaps");
    assert_eq!(overlapping.first(&db).await.unwrap().unwrap().0, seattle());
}

#[tokio::test]
async fn a_missing_path_is_an_error_that_names_it() {
    let db = measurements().await;
    let cities = Measurement::objects().set_hash_key("s").values(Measurement::STATION.at(Station::CITY));
    let Err(Error::Decode { error, .. }) = cities.all(&db).await else { panic!("the second has no station") };
    assert_eq!((error.path(), error.kind()), ("station.city", &CodecErrorKind::NoValueAtPath));
    assert!(error.to_string().contains("optional()"), "{error}");
}

#[tokio::test]
async fn a_missing_attribute_has_the_default_of_the_model() {
    use djamodb::plan::PutItem;
    use djamodb::value::{AttributeValue, Item};

    let db = measurements().await;
    let old = Item::new()
        .with("series", "old")
        .with("at", time(0).encode().unwrap())
        .with("value", 1)
        .with("station", AttributeValue::m([("city", AttributeValue::s("Boston"))]));
    db.run(PutItem::new("measurements", old)).await.unwrap();
    let rows = Measurement::objects().set_hash_key("old");
    let rows = rows.values((Measurement::UNIT, Measurement::STATION.at(Station::SENSORS)));
    assert_eq!(rows.get(&db).await.unwrap(), ("kelvin".to_owned(), 3));
    let Err(Error::Decode { error, .. }) = rows_of(&db).await else { panic!("a list is required") };
    assert_eq!((error.path(), error.kind()), ("readings", &CodecErrorKind::Missing));
}

async fn rows_of(db: &Database) -> Result<Vec<Vec<Station>>, Error> {
    Measurement::objects().set_hash_key("old").values(Measurement::READINGS).all(db).await
}

#[tokio::test]
async fn values_require_their_attributes_in_the_index() {
    let db = measurements().await;
    let celsius = Measurement::objects().set_index(Measurement::BY_UNIT).set_hash_key("celsius");
    let values = celsius.values((Measurement::AT, Measurement::VALUE));
    assert_eq!(values.last(&db).await.unwrap(), Some((time(2), 1.0)));
    assert!(celsius.all(&db).await.is_err(), "whole items are not in the index");
    let error = celsius.values((Measurement::NOTES.key("by"), Measurement::STATION)).all(&db).await.unwrap_err();
    let Error::Plan(PlanError::ProjectionLacks { attributes, .. }) = error else { panic!("{error}") };
    assert_eq!(attributes, ["notes", "station"]);
}

#[tokio::test]
async fn pages_and_streams_of_rows_continue_each_other() {
    let db = database_with("a", 7).await;
    let events = Event::objects().set_hash_key("a").set_limit(3);
    // The values hold neither the key, from which the page token is built, nor the attribute of the residual.
    let filtered = events.filter(Event::AT.ne(30) | Event::URGENT.eq(true));
    let (mut levels, mut token) = (Vec::new(), None);
    loop {
        let page = filtered.set_last_evaluated_key(token).values(Event::LEVEL).page(&db).await.unwrap();
        levels.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(levels, [0.0, 1.0, 2.0, 4.0, 5.0, 6.0]);
    let all = Event::objects().set_hash_key("a").values((Event::AT, Event::URGENT));
    let streamed: Vec<(i64, bool)> = all.stream(&db).try_collect().await.unwrap();
    assert_eq!(streamed, all.all(&db).await.unwrap());
    assert_eq!(streamed.len(), 7);
}

#[tokio::test]
async fn a_single_item_is_read_by_its_key_with_a_projection() {
    let db = database_with("a", 5).await;
    let events = Event::objects().set_hash_key("a");
    let one = events.filter(Event::AT.eq(20)).values(Event::KIND);
    assert_eq!(
        one.explain().unwrap().plan.to_string(),
        "GetItem events; key: at = 20, device = \"a\"; projection: device, at, kind\n"
    );
    assert_eq!(one.get(&db).await.unwrap().as_deref(), Some("window"));
    let several = events.filter(Event::AT.is_in([0, 20, 30]) & Event::URGENT.eq(true)).values(Event::KIND);
    assert_eq!(
        several.explain().unwrap().plan.to_string(),
        "Residual: urgent = true\n  BatchGetItem events; keys: 3, from (at = 0, device = \"a\") to (at = 30, device = \"a\"); \
         projection: device, at, urgent, kind\n"
    );
    assert_eq!(several.all(&db).await.unwrap(), [Some("door".to_owned()), Some("window".to_owned())]);
}

#[tokio::test]
async fn a_local_index_fetches_only_the_values() {
    let db = database().await;
    for at in 0..3 {
        let mut event = Event::new("a", at);
        event.note = Some(format!("note {}", 9 - at));
        event.urgent = at == 1;
        event.save(&db).await.unwrap();
    }
    let by_note = Event::objects().set_hash_key("a").set_index(Event::BY_NOTE);
    let rows = by_note.filter(Event::URGENT.eq(false)).values((Event::NOTE, Event::LEVEL));
    assert_eq!(projection(&rows), "projection: device, at, note, urgent, level; ascending");
    assert_eq!(rows.all(&db).await.unwrap(), [(Some("note 7".to_owned()), 0.0), (Some("note 9".to_owned()), 0.0)]);
}
