//! The module of the option `with` has a type and two functions.

use djamodb::prelude::*;

mod cents {
    pub type Stored = i64;

    pub fn from_stored(stored: Stored) -> Result<super::Price, djamodb::model::CodecError> {
        Ok(super::Price(stored))
    }
}

pub struct Price(i64);

#[derive(Model)]
#[model(table = "books")]
struct Book {
    #[model(hash_key)]
    title: String,
    #[model(with = cents)]
    price: Price,
}

fn main() {}
