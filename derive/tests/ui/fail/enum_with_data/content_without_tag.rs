use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(content = "value")]
enum Shape {
    Circle { radius: u32 },
}

fn main() {}
