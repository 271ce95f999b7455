use djamodb::prelude::*;

#[derive(Document)]
struct Station {
    #[document(hash_key)]
    city: String,
}

fn main() {}
