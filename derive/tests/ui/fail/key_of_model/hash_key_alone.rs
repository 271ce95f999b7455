use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    day: u32,
}

fn read(db: &Database) {
    let _ = Weather::get_by_key("Seattle", db);
    let _ = Weather::objects().in_bulk(["Seattle"], db);
}

fn main() {}
