use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", on_demand_maximum(reads = 5))]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
