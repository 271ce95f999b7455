use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(rename_all = "lowercase")]
enum Kind {
    SnowFall,
    Snowfall,
}

fn main() {}
