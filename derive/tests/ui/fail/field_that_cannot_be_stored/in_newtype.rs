use djamodb::prelude::*;

struct Sensor;

#[derive(AttributeType)]
struct Wrapper(Sensor);

fn main() {}
