use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(table = "wetter")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
