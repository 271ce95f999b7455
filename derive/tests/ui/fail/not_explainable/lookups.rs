use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {
    djamodb::assert_plan!(Weather::LOCATION.eq("Seattle"), "Query weather");
}
