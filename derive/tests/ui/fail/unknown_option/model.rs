use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(indices(by_kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn main() {}
