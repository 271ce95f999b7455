use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather<T> {
    #[model(hash_key)]
    location: String,
    value: T,
}

fn main() {}
