use djamodb::prelude::*;

#[derive(Document)]
struct Audit {
    created_by: String,
}

#[derive(Document)]
struct Place {
    city: String,
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Audit,
}

fn main() {
    let _ = Order::AUDIT.at(Place::CITY).eq("Oslo");
}
