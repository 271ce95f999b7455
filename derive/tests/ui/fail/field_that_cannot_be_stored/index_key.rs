use djamodb::prelude::*;

struct Kind;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<Kind>,
}

fn main() {}
