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

#[derive(Projection)]
#[projection(model = Weather)]
struct Day {
    #[projection(attribute = temp_max)]
    warmth: Option<f64>,
}

fn main() {}
