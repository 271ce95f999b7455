use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop")]
#[model(hash_key(pk = "CUSTOMER#{number:escaped}"))]
struct Order {
    customer: String,
    number: u32,
    total: Option<u32>,
}

fn main() {}
