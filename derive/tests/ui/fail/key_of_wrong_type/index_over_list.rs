use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_tags, hash_key = tags))]
struct Weather {
    #[model(hash_key)]
    location: String,
    tags: Option<Vec<String>>,
}

fn main() {}
