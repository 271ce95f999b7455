use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

fn main() {
    let _ = Weather::objects().set_hash_key("Seattle").unexpired();
    let _ = Weather { location: String::new() }.is_expired(Utc::now());
}
