use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(default = 1)]
    windy: bool,
}

fn main() {}
