use djamodb::prelude::*;

struct Weather {
    location: String,
}

fn all(_: QuerySet<Weather>) {}

fn main() {}
