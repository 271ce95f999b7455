use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", billing = provisioned(0, 1))]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
