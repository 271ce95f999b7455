use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "events")]
struct Event {
    #[model(hash_key)]
    id: String,
    payload: Option<serde_json::Value>,
    history: Vec<serde_json::Value>,
    station: Station,
}

#[derive(Document)]
struct Station {
    city: String,
    extra: serde_json::Value,
}

fn main() {
    let json = serde_json::json!({"a": 1});
    let _ = Event::PAYLOAD.eq(json.clone());
    let _ = Event::PAYLOAD.is_in([json.clone()]);
    let _ = Event::HISTORY.ne(vec![json.clone()]);
    let _ = Event::STATION.eq(Station { city: "Seattle".to_owned(), extra: json });
}
