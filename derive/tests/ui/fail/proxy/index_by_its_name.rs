use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(Proxy)]
#[proxy(manager(of_kind, index = by_kind))]
struct RainyDay(Weather);

fn main() {}
