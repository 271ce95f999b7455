use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(stream = everything)]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
