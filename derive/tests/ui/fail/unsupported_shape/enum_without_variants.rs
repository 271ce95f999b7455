use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {}

fn main() {}
