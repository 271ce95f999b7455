use djamodb::prelude::*;

struct Weather;

#[derive(Proxy)]
struct RainyDay(Weather);

fn main() {}
