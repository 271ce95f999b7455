//! Reads items as a stream, with the combinators and the executor of the crate `futures`.

use std::future;

use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use futures::executor::block_on;

#[derive(Model, Debug)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    day: u32,
    temp_max: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    block_on(async {
        let db = djamodb::connect("memory://").await?;
        db.create_table::<Weather>().await?;
        let days = (1..=500).map(|day| Weather { location: "Seattle".into(), day, temp_max: f64::from(day % 30) });
        let mut days: Vec<Weather> = days.collect();
        Weather::objects().bulk_create(&mut days, OnConflict::Overwrite, &db).await?;

        let seattle = Weather::objects().set_hash_key("Seattle");
        let mut days = seattle.stream(&db).try_filter(|day| future::ready(day.temp_max > 25.0)).take(10);
        while let Some(day) = days.try_next().await? {
            println!("day {}: {} °C", day.day, day.temp_max);
        }
        Ok(())
    })
}
