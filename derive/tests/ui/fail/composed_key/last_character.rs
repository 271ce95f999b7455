use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", hash_key(pk = "ORDER\u{10FFFF}{number}"))]
struct Order {
    number: u32,
}

fn main() {}
