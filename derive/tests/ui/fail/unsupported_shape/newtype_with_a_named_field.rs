use djamodb::prelude::*;

#[derive(AttributeType)]
struct City {
    name: String,
}

fn main() {}
