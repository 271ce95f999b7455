use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    #[model(range_key)]
    kind: String,
}

fn main() {}
