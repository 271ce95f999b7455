use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", manager(objects, filter = Self::WINDY.eq(false)), default_manager = objcts)]
struct Weather {
    #[model(hash_key)]
    location: String,
    windy: bool,
}

fn main() {}
