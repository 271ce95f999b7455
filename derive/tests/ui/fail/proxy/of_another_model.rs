use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(Model)]
#[model(table = "towns", global_index(by_region, hash_key = region))]
struct Town {
    #[model(hash_key)]
    name: String,
    region: String,
}

#[derive(Proxy)]
struct RainyDay(Weather);

fn main() {
    let _ = Town::objects().as_proxy::<RainyDay>();
    let _ = Town::objects().as_proxy::<Weather>();
}
