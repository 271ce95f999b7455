use djamodb::prelude::*;

#[derive(AttributeType)]
enum Payment {
    Cash,
    Card { number: String },
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    payment: Payment,
}

fn main() {}
