use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: String,
    #[model(validate = [range(1..=5), length(1..)])]
    total: u32,
    #[model(validate = max_length)]
    note: String,
    #[model(validate = "not_blank")]
    text: String,
    #[model(validate)]
    other: String,
}

fn main() {}
