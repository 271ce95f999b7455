use djamodb::prelude::*;

#[derive(AttributeType)]
#[attribute(tag = "kind")]
enum Payment {
    Cash,
    Voucher(u32),
}

fn main() {}
