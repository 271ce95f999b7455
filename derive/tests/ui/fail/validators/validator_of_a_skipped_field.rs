use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: String,
    #[model(skip, validate = range(1..))]
    total: u32,
}

fn main() {}
