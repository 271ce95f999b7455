use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
}

async fn delete(db: Database) {
    let seattle = Weather::objects().set_hash_key("Seattle");
    let _ = seattle.values(Weather::LOCATION).delete(&db);
}

fn main() {}
