use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(rename_all = "snakecase")]
enum Kind {
    Rain,
}

fn main() {}
