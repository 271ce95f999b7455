use djamodb::prelude::*;

#[derive(Document)]
struct Audit {
    created_by: String,
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Option<Audit>,
}

fn main() {}
