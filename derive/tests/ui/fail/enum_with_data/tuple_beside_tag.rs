use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(tag = "kind")]
enum Shape {
    Point,
    Rectangle(u32, u32),
}

fn main() {}
