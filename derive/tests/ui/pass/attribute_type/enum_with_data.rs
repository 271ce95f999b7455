use djamodb::prelude::*;
use djamodb::value::AttributeValue;

#[derive(AttributeType, Clone)]
#[attribute(rename_all = "snake_case")]
pub enum Payment {
    Cash,
    /// A card.
    Card { number: String, #[attribute(rename = "exp", default)] expires: Option<u32>, r#type: u8 },
    Split(Box<Payment>, Vec<Payment>),
}

mod inner {
    use djamodb::prelude::{AttributeType, Document};

    #[derive(AttributeType)]
    #[attribute(tag = "kind")]
    pub(crate) enum Shape {
        Point,
        Named(Name),
        #[attribute(fallback)]
        Unknown(djamodb::value::AttributeValue),
    }

    #[derive(Document)]
    pub(crate) struct Name {
        pub(crate) name: String,
    }
}

#[derive(AttributeType)]
enum Either<L, R> {
    Left(L),
    Right { right: R },
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    id: u32,
    payment: Payment,
    shape: Option<inner::Shape>,
    either: Either<u32, String>,
    any: AttributeValue,
}

fn main() {
    let _ = Order::PAYMENT.is_variant(Payment::CARD) & Order::SHAPE.is_variant(inner::Shape::POINT);
    let _ = Order::PAYMENT.at(Payment::CARD_TYPE).gt(3) | Order::PAYMENT.at(Payment::SPLIT_0).eq(Payment::Cash);
    let _ = Order::EITHER.at(Either::RIGHT_RIGHT).eq("x");
}
