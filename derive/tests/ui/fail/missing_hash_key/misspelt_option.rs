use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_kye)]
    location: String,
    #[model(range_key)]
    date: String,
}

fn main() {}
