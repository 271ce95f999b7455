use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", time_to_live = r#loop)]
#[model(global_index(by_type, hash_key = r#type, projection = include(r#loop)))]
struct Weather {
    #[model(hash_key)]
    r#in: String,
    r#type: String,
    r#loop: u64,
}

fn main() {
    assert_eq!(Weather::TYPE.path().to_string(), "type");
    assert_eq!(Weather::schema().table.key.hash[0].name, *"in");
}
