use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", seting = SHOP)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
