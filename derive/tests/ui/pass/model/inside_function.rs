use djamodb::prelude::*;

fn main() {
    #[derive(Model)]
    #[model(table = "town", global_index(by_country, hash_key = country))]
    struct Town {
        #[model(hash_key)]
        name: String,
        country: String,
    }

    let _ = Town::objects().set_index(Town::BY_COUNTRY).set_hash_key("US");
    assert_eq!(djamodb::model::registered().len(), 1);
}
