use djamodb::prelude::*;
use djamodb::value::Map;

#[derive(Document)]
struct Audit {
    created_by: String,
    #[document(rest)]
    others: Map,
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Audit,
}

fn main() {}
