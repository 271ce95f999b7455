use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(local_index(by_kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
}

fn main() {}
