use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "we")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
