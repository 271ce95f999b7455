use djamodb::prelude::*;

#[derive(AttributeType)]
struct Windy(bool);

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    windy: Windy,
}

fn main() {
    let _ = Weather::WINDY.gt(Windy(true));
}
