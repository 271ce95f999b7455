use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop", hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{number:08}"))]
struct Order {
    customer: String,
    number: u32,
}

fn main() {
    let _ = Order::NUMBER.set(7);
    let _ = Order::SK.set("ORDER#7");
}
