use djamodb::prelude::*;

#[derive(AttributeType)]
enum Status {
    Open,
    #[attribute(fallback)]
    Other,
}

fn main() {}
