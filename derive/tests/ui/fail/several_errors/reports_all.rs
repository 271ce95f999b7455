use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "we")]
#[model(global_index(by_kind, hash_key = kin, projection = some))]
#[model(manager(of_sort, index = by_sort))]
struct Weather {
    location: String,
    #[model(rename = "location")]
    kind: Option<String>,
    #[model(range_key)]
    date: String,
    #[model(range_key)]
    time: String,
}

fn main() {}
