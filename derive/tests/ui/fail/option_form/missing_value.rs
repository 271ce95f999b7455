use djamodb::prelude::*;

#[derive(Model)]
#[model(table)]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
