use djamodb::prelude::*;

struct Sensor;

#[derive(Document)]
struct Station {
    city: String,
    sensor: Sensor,
}

fn main() {}
