use djamodb::prelude::*;

#[derive(AttributeType)]
enum Payment {
    Card(#[attribute(rename = "number")] String),
}

fn main() {}
