use djamodb::prelude::*;

#[derive(Document)]
enum Station {
    City(String),
}

fn main() {}
