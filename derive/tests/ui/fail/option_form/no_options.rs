use djamodb::prelude::*;

#[derive(Model)]
#[model]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
