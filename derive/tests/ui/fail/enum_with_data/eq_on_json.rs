use djamodb::prelude::*;

#[derive(AttributeType)]
enum Payment {
    Cash,
    Other(serde_json::Value),
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    payment: Payment,
}

fn main() {
    let _ = Order::PAYMENT.eq(Payment::Cash);
}
