use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_five, hash_key = (a, b, c, d, e)))]
struct Weather {
    #[model(hash_key)]
    location: String,
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
}

fn main() {}
