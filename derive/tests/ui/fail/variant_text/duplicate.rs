use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    Rain,
    #[attribute(rename = "Rain")]
    Drizzle,
}

fn main() {}
