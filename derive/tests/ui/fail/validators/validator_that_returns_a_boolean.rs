use djamodb::prelude::*;

fn is_open(order: &Order) -> bool {
    order.total > 0
}

#[derive(Model)]
#[model(table = "orders", validate = is_open)]
struct Order {
    #[model(hash_key)]
    id: String,
    total: u32,
}

fn main() {}
