use djamodb::prelude::*;

fn a_number(text: &str) -> Result<(), std::num::ParseIntError> {
    text.parse::<u32>().map(|_| ())
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key, validate = a_number)]
    id: String,
}

fn main() {}
