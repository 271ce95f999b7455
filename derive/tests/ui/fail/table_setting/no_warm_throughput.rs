use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", warm_throughput())]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
