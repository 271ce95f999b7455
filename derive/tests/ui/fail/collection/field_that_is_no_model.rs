use djamodb::prelude::*;

#[derive(Collection)]
struct Account {
    name: String,
}

fn main() {}
