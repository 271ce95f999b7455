use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", resource_policy = 5)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
