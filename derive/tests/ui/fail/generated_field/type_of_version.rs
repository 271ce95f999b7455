//! A version is an unsigned integer.

use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "pages")]
struct Page {
    #[model(hash_key)]
    id: String,
    #[model(version)]
    version: String,
}

fn main() {}
