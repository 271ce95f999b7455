use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kin))]
#[model(manager(objects_by_kind, index = by_kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

fn rain() {
    let _ = Weather::objects_by_kind().set_hash_key("rain");
    let _ = Weather::objects().set_index(Weather::BY_KIND);
    let _ = Weather::KIND.eq("rain");
}

fn main() {}
