use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", validate = missing)]
struct Order {
    #[model(hash_key)]
    id: String,
    #[model(validate = minimum(1))]
    total: u32,
}

fn main() {}
