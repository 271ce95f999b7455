use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind, projection = include(temp_max, temp_max)))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
    temp_max: f64,
}

fn main() {}
