use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind_1, hash_key = kind))]
#[model(global_index(by_kind_2, hash_key = kind))]
#[model(global_index(by_kind_3, hash_key = kind))]
#[model(global_index(by_kind_4, hash_key = kind))]
#[model(global_index(by_kind_5, hash_key = kind))]
#[model(global_index(by_kind_6, hash_key = kind))]
#[model(global_index(by_kind_7, hash_key = kind))]
#[model(global_index(by_kind_8, hash_key = kind))]
#[model(global_index(by_kind_9, hash_key = kind))]
#[model(global_index(by_kind_10, hash_key = kind))]
#[model(global_index(by_kind_11, hash_key = kind))]
#[model(global_index(by_kind_12, hash_key = kind))]
#[model(global_index(by_kind_13, hash_key = kind))]
#[model(global_index(by_kind_14, hash_key = kind))]
#[model(global_index(by_kind_15, hash_key = kind))]
#[model(global_index(by_kind_16, hash_key = kind))]
#[model(global_index(by_kind_17, hash_key = kind))]
#[model(global_index(by_kind_18, hash_key = kind))]
#[model(global_index(by_kind_19, hash_key = kind))]
#[model(global_index(by_kind_20, hash_key = kind))]
#[model(global_index(by_kind_21, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn main() {}
