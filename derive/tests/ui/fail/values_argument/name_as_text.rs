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

fn main() {
    let _ = Weather::objects().values("temp_max");
}
