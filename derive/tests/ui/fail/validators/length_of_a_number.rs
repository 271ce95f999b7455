use djamodb::prelude::*;

#[derive(Document)]
struct Line {
    #[document(validate = length(1..))]
    count: u32,
}

fn main() {}
