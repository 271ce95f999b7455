use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", encryption = "alias/orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
