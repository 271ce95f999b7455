//! A generator returns a value of the field's type.

use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "pages")]
struct Page {
    #[model(hash_key, generate = uuid_v7)]
    id: String,
}

fn main() {}
