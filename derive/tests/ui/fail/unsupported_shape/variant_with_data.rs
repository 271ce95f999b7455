use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    Rain(f64),
    Sun,
}

fn main() {}
