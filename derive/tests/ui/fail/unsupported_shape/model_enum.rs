use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
enum Weather {
    Rain,
    Sun,
}

fn main() {}
