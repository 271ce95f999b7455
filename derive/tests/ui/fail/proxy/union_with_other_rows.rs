use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather", global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: String,
}

#[derive(Proxy)]
struct RainyDay(Weather);

fn main() {
    let _ = Weather::objects().union(&RainyDay::objects());
}
