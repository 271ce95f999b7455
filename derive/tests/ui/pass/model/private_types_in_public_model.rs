#![deny(warnings)]

use djamodb::prelude::*;

#[derive(AttributeType)]
struct Secret(String);

#[derive(Model)]
#[model(table = "town")]
pub struct Town {
    #[model(hash_key)]
    name: String,
    secret: Secret,
}

fn main() {
    let _ = Town::SECRET.eq(Secret(String::new()));
}
