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
    notes: std::collections::BTreeMap<String, String>,
    seen: std::collections::BTreeSet<String>,
    station: Station,
}

#[derive(Document)]
struct Station {
    city: String,
}

fn main() {
    let _ = async {
        let db = djamodb::connect("memory://").await.unwrap();
        let _ = Weather::objects().bulk_update(&mut [], (Weather::KIND, Weather::DATE), &db).await;
    };
}
