use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", tableclass = standard)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
