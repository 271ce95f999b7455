use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind))]
#[model(global_index(by_level, hash_key = level))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
    temp_max: f64,
    level: i64,
    windy: bool,
    tags: Vec<String>,
    range: (f64, String),
    notes: std::collections::BTreeMap<String, String>,
    station: Station,
}

#[derive(Document)]
struct Station {
    city: String,
}

fn main() {
    let _ = Weather::TAGS.element::<0>();
}
