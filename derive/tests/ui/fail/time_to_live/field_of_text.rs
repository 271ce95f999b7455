use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(time_to_live = expires)]
struct Weather {
    #[model(hash_key)]
    location: String,
    expires: Option<String>,
}

fn main() {}
