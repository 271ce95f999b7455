use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "town", default_manager = towns)]
#[model(global_index(by_country, hash_key = country), manager(objects, index = by_country))]
struct Town {
    #[model(hash_key)]
    name: String,
    country: String,
}

fn main() {
    let _: Manager<Town> = Town::towns();
    let _: Manager<Town> = Town::default_manager();
    let _: Manager<Town, TownByCountry> = Town::objects();
}
