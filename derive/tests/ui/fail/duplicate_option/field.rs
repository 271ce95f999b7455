use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key, hash_key)]
    location: String,
}

fn main() {}
