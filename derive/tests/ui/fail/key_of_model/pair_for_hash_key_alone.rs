use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "stations")]
struct Station {
    #[model(hash_key)]
    id: String,
}

fn read(db: &Database) {
    let _ = Station::get_by_key(("SEA", 1), db);
}

fn main() {}
