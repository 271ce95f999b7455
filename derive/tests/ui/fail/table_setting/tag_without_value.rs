use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", tags(team))]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
