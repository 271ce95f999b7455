use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    #[attribute(rename = "")]
    Rain,
}

fn main() {}
