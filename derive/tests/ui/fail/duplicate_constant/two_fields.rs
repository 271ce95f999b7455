use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    temp_max: f64,
    #[allow(non_snake_case)]
    tempMax: f64,
}

fn main() {}
