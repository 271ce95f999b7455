use djamodb::prelude::*;

#[derive(AttributeType)]
enum Money {
    EUR(u32),
}

fn main() {}
