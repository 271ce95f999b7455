use djamodb::prelude::*;

#[derive(Document)]
#[document(table = "stations")]
struct Station {
    city: String,
}

fn main() {}
