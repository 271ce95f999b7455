use djamodb::prelude::*;

#[derive(Model)]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
