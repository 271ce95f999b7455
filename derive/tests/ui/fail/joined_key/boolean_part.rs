use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||")]
struct Account {
    active: bool,
    name: String,
}

fn main() {}
