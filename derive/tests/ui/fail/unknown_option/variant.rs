use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    #[attribute(default)]
    Rain,
}

fn main() {}
