//! A generated time needs a field that can hold a point in time.

use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "pages")]
struct Page {
    #[model(hash_key)]
    id: String,
    #[model(created_at)]
    created: u64,
}

fn main() {}
