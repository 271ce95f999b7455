use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(join = "||")]
enum Kind {
    Rain,
    Sun,
}

fn main() {}
