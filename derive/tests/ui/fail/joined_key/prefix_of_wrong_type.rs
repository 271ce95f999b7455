use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||")]
struct Place {
    country: String,
    city: String,
    number: u32,
}

#[derive(Model)]
#[model(table = "visits")]
struct Visit {
    #[model(hash_key)]
    visitor: String,
    #[model(range_key)]
    place: Place,
}

fn main() {
    let _ = Place::prefix(1);
}
