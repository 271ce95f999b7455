use djamodb::prelude::*;

const SHOP: u32 = 5;

#[derive(Model)]
#[model(table = "orders", settings = SHOP)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
