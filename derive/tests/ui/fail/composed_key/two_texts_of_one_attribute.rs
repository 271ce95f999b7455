use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), global_index(by_number, hash_key(pk = "ORDER#{number}")))]
struct Order {
    customer: String,
    number: u32,
    total: Option<u32>,
}

fn main() {}
