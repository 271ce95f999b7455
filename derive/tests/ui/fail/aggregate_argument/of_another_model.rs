use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    day: u32,
    temp_max: f64,
}

#[derive(Model)]
#[model(table = "town")]
struct Town {
    #[model(hash_key)]
    name: String,
}

async fn warmth(db: &Database) {
    let _ = Town::objects().scan().aggregate(Weather::TEMP_MAX.max(), db).await;
}

fn main() {}
