use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    location: String,
    #[model(range_key)]
    date: String,
}

fn main() {}
