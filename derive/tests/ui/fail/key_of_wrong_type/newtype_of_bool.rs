use djamodb::prelude::*;

#[derive(AttributeType)]
struct Windy(bool);

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    windy: Windy,
}

fn main() {}
