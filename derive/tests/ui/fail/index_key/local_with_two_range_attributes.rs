use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(local_index(by_kind, range_key = (kind, temp_max)))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
    temp_max: f64,
}

fn main() {}
