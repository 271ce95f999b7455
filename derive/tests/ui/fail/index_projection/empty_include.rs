use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind, projection = include()))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn main() {}
