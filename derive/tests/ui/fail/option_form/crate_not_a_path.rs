use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(crate = "not a path")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
