use djamodb::prelude::*;

#[derive(Document)]
struct Audit {
    created_by: String,
    #[document(rename = "id")]
    number: u32,
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
