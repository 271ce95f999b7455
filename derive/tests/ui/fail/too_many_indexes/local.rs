use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(local_index(by_kind_1, range_key = kind))]
#[model(local_index(by_kind_2, range_key = kind))]
#[model(local_index(by_kind_3, range_key = kind))]
#[model(local_index(by_kind_4, range_key = kind))]
#[model(local_index(by_kind_5, range_key = kind))]
#[model(local_index(by_kind_6, range_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
}

fn main() {}
