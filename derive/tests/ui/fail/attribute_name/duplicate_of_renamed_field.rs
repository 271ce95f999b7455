use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(rename = "kind")]
    sort: String,
    kind: String,
}

fn main() {}
