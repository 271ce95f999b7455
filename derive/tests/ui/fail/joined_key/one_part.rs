use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||")]
struct City(String);

fn main() {}
