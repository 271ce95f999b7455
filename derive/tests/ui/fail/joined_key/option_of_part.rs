use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||", rename = "place")]
struct Place {
    country: String,
    #[attribute(rename = "town")]
    city: String,
}

fn main() {}
