//! The rest of the attributes are held by an item.

use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "books")]
struct Book {
    #[model(hash_key)]
    title: String,
    #[model(rest)]
    others: String,
}

fn main() {}
