use djamodb::prelude::*;

#[derive(Document)]
struct Station<'a> {
    city: &'a str,
}

fn main() {}
