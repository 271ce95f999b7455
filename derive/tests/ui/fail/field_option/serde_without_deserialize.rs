//! The option `serde` needs both traits of serde.

use djamodb::prelude::*;

pub struct Price(i64);

#[derive(Model)]
#[model(table = "books")]
struct Book {
    #[model(hash_key)]
    title: String,
    #[model(serde)]
    price: Price,
}

fn main() {}
