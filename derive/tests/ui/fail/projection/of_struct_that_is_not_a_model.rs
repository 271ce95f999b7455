use djamodb::prelude::*;

struct Weather {
    day: u32,
}

#[derive(Projection)]
#[projection(model = Weather)]
struct Day {}

fn main() {}
