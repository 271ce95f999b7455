use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(time_to_live = expire)]
struct Weather {
    #[model(hash_key)]
    location: String,
    expires: i64,
}

fn main() {}
