use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(rename_all = "snake_case")]
struct City(String);

fn main() {}
