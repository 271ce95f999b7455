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

async fn warmth(db: &Database) {
    let _ = Weather::objects().scan().aggregate((Weather::TEMP_MAX, count()), db).await;
}

fn main() {}
