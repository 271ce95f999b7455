use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(renamed = "sort")]
    kind: String,
}

fn main() {}
