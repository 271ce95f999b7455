use djamodb::prelude::*;
use djamodb::schema::TableSettings;

fn shop() -> TableSettings {
    TableSettings::new()
}

#[derive(Model)]
#[model(table = "orders", settings = shop())]
struct Order {
    #[model(hash_key)]
    id: u32,
}

fn main() {}
