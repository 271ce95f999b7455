use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "town")]
struct Town {
    #[model(hash_key)]
    name: String,
}

fn main() {
    let town = Town { name: "Seattle".to_owned() };
    assert_eq!(town.key().unwrap(), town.to_item().unwrap());
    assert_eq!(Town::schema().table.key.range, []);
}
