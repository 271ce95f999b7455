use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", tags(team = "a", team = "b"))]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
