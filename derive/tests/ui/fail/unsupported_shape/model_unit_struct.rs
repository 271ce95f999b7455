use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather;

fn main() {}
