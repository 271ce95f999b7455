use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

#[derive(Model)]
#[model(table = "town")]
struct Town {
    #[model(hash_key)]
    name: String,
}

fn main() {
    let seattle = Weather::objects().set_hash_key("Seattle");
    let _ = seattle.union(&Town::objects().set_hash_key("Seattle"));
}
