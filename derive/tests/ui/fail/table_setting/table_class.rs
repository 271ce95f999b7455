use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders", table_class = infrequent)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
