use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop", hash_key(pk = "{customer}#{number}"))]
struct Order {
    customer: String,
    number: u32,
}

fn main() {
    let _ = Order::objects().set_hash_key(("ann", 7));
    let _ = Order::objects().set_hash_key("ann#7");
}
