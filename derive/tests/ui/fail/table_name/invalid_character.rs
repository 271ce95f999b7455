use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather station")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
