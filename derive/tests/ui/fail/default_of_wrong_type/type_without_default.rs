use djamodb::prelude::*;

#[derive(AttributeType)]
enum Kind {
    Rain,
}

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(default)]
    kind: Kind,
}

fn main() {}
