use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn main() {}
