use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key, default = "Seattle")]
    location: String,
}

fn main() {}
