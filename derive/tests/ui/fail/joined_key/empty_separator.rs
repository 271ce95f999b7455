use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "")]
struct Place(String, String);

fn main() {}
