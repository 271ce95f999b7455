use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop", hash_key(pk = "CUSTOMER#{customer}"))]
#[model(global_index(by_change, hash_key(gsi1pk = "ORDERS"), range_key(gsi1sk = "{changed}#{customer}")))]
struct Order {
    customer: String,
    #[model(updated_at)]
    changed: DateTime<Utc>,
}

fn main() {}
