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

fn main() {
    let _ = Weather::objects().values(Town::NAME);
    let _ = Weather::objects().values((Weather::DAY, Town::NAME));
}
