use djamodb::prelude::*;

#[derive(Document)]
struct Audit {
    created_by: String,
}

#[derive(Model)]
#[model(table = "orders", global_index(by_creator, hash_key = created_by))]
struct Order {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Audit,
}

fn main() {}
