use djamodb::prelude::*;

struct Station {
    city: String,
}

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    station: Station,
}

fn main() {}
