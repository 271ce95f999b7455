use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(tag = "kind")]
enum Shape {
    Circle { kind: String, radius: u32 },
}

fn main() {}
