use djamodb::prelude::*;

fn positive(number: &i64) -> Result<(), &'static str> {
    if *number > 0 { Ok(()) } else { Err("must be positive") }
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: String,
    #[model(validate = positive)]
    total: u32,
}

fn main() {}
