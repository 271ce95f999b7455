use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(hash_key)]
    kind: String,
}

fn main() {}
