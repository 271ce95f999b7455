//! toasty's model of a reading, and its operations.

use djamodb_bench_common::client::{Operation, QUERY_ITEMS, sorted};
use djamodb_bench_common::reading::{self, key};
use djamodb_bench_common::subject::Execute;
use serde_json::Value as Json;
use toasty::{Db, Model};
use tokio::runtime::Runtime;

/// One day of weather in one city.
#[derive(Model, Debug)]
#[key(partition = city, local = day)]
pub(crate) struct Reading {
    city: String,
    day: u32,
    kind: String,
    station: String,
    serial: u32,
    temp_max: f64,
    temp_min: f64,
    wind: u32,
    windy: bool,
    note: String,
}

pub(crate) struct Toasty {
    runtime: Runtime,
    db: Db,
}

impl Toasty {
    pub(crate) fn new(runtime: Runtime, db: Db) -> Self {
        Self { runtime, db }
    }
}

impl Execute for Toasty {
    type Operation = Operation;
    type Answer = Vec<Reading>;

    const NAME: &'static str = "toasty";

    fn execute(&mut self, operation: Operation, number: usize) -> Vec<Reading> {
        let readings = async {
            match operation {
                Operation::Query => Reading::filter_by_city(key(number).0).limit(QUERY_ITEMS).exec(&mut self.db).await,
                Operation::Get => {
                    let (city, day) = key(number);
                    Ok(vec![Reading::get_by_city_and_day(&mut self.db, &city, &day).await?])
                }
                Operation::Put => {
                    put(&mut self.db, reading::Reading::new(number, 1)).await?;
                    Ok(Vec::new())
                }
                Operation::BatchGet => panic!("toasty reads no batch of whole keys, and is measured without one"),
            }
        };
        self.runtime.block_on(readings).expect("a success")
    }

    fn to_json(&mut self, answer: Vec<Reading>) -> Json {
        sorted(answer.into_iter().map(reading_of).collect())
    }
}

async fn put(db: &mut Db, reading: reading::Reading) -> toasty::Result<Reading> {
    Reading::create()
        .city(reading.city)
        .day(reading.day)
        .kind(reading.kind)
        .station(reading.station)
        .serial(reading.serial)
        .temp_max(reading.temp_max)
        .temp_min(reading.temp_min)
        .wind(reading.wind)
        .windy(reading.windy)
        .note(reading.note)
        .exec(db)
        .await
}

fn reading_of(reading: Reading) -> reading::Reading {
    let Reading { city, day, kind, station, serial, temp_max, temp_min, wind, windy, note } = reading;
    reading::Reading { city, day, kind, station, serial, temp_max, temp_min, wind, windy, note }
}
