use djamodb::prelude::*;

#[derive(Document)]
struct Station {
    city: String,
    #[document(rename = "city")]
    town: String,
}

fn main() {}
