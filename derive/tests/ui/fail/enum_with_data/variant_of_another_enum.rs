use djamodb::prelude::*;

#[derive(AttributeType)]
enum Payment {
    Cash,
    Card { number: String },
}

#[derive(AttributeType)]
enum Shape {
    Circle { radius: u32 },
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    payment: Payment,
}

fn main() {
    let _ = Order::PAYMENT.is_variant(Shape::CIRCLE);
}
