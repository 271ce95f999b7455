use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind))]
#[model(manager(rain, filter = Town::COUNTRY.eq("US")))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

#[derive(Model)]
#[model(table = "town")]
struct Town {
    #[model(hash_key)]
    name: String,
    country: String,
}

fn main() {}
