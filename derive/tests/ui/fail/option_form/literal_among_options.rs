use djamodb::prelude::*;

#[derive(Model)]
#[model("weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {}
