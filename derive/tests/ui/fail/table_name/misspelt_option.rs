use djamodb::prelude::*;

#[derive(Model)]
#[model(tabel = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
