use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", managed = "no")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
