use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(renameall = "snake_case")]
enum Kind {
    Rain,
}

fn main() {}
