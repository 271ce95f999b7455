use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather(String, f64);

fn main() {}
