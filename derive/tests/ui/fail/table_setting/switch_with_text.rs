use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", deletion_protection = "no")]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
