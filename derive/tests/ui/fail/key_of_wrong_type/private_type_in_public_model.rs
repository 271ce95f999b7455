use djamodb::prelude::*;

#[derive(AttributeType)]
struct Location(String);

#[derive(Model)]
#[model(table = "weather")]
pub struct Weather {
    #[model(hash_key)]
    location: Location,
}

fn main() {}
