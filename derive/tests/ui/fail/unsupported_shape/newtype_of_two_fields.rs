use djamodb::prelude::*;

#[derive(AttributeType)]
struct Position(f64, f64);

fn main() {}
