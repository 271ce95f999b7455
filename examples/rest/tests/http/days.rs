//! Creating, reading, changing and deleting one day.

use serde_json::{Value, json};

use super::service::{Service, day_json};

#[tokio::test]
async fn creates_a_day_once_and_returns_its_path() {
    let service = Service::start().await;
    let day = day_json("Seattle", 1, "sun");
    let created = service.post(&day).await;
    assert_eq!((created.status, &created.body), (201, &day));
    assert_eq!(created.header("location"), "/weather/Seattle/2014-01-01");
    let read = service.get(created.header("location")).await;
    assert_eq!((read.status, read.body), (200, day));

    let again = service.post(&day_json("Seattle", 1, "rain")).await;
    assert_eq!((again.status, again.error_subjects()), (409, vec!["date"]));
    assert_eq!(service.get("/weather/Seattle/2014-01-01").await.body["kind"], "sun", "the first day is unchanged");
}

#[tokio::test]
async fn locations_may_have_any_name() {
    let service = Service::start().await;
    for location in ["New York", "São Paulo", "50/50?", "a+b&c=d#e%20", "…"] {
        let created = service.post(&day_json(location, 1, "sun")).await;
        let read = service.get(created.header("location")).await;
        assert_eq!((read.status, &read.body["location"]), (200, &json!(location)));
        let list = created.header("location").rsplit_once('/').unwrap().0.to_owned();
        assert_eq!(service.get(&list).await.days(), [1], "{location}");
    }
}

#[tokio::test]
async fn the_kind_is_optional() {
    let service = Service::start().await;
    let mut day = day_json("Seattle", 1, "sun");
    day.as_object_mut().unwrap().remove("kind");
    assert_eq!(service.post(&day).await.status, 201);
    assert_eq!(service.get("/weather/Seattle/2014-01-01").await.body["kind"], Value::Null);
}

#[tokio::test]
async fn a_change_keeps_other_fields() {
    let service = Service::start().await;
    let mut day = day_json("Seattle", 1, "sun");
    service.post(&day).await;

    let changed = service.patch("/weather/Seattle/2014-01-01", &json!({"temp_max": -3})).await;
    day["temp_max"] = json!(-3.0);
    assert_eq!((changed.status, &changed.body), (200, &day));

    let changed = service.patch("/weather/Seattle/2014-01-01", &json!({"kind": null, "windy": true})).await;
    day["kind"] = Value::Null;
    day["windy"] = json!(true);
    assert_eq!((changed.status, &changed.body), (200, &day));
    assert_eq!(service.get("/weather/Seattle/2014-01-01").await.body, day);
    assert!(service.get("/kinds/sun").await.days().is_empty(), "an item without a kind is not in the index");
}

#[tokio::test]
async fn a_change_does_not_create_a_day() {
    let service = Service::start().await;
    let changed = service.patch("/weather/Seattle/2014-01-01", &json!({"windy": true})).await;
    assert_eq!((changed.status, changed.error_subjects()), (404, vec!["path"]));
    assert!(service.get("/weather/Seattle").await.days().is_empty());
}

#[tokio::test]
async fn deletes_a_day_once() {
    let service = Service::start().await;
    service.post(&day_json("Seattle", 1, "sun")).await;
    let deleted = service.delete("/weather/Seattle/2014-01-01").await;
    assert_eq!((deleted.status, deleted.body), (204, Value::Null));
    let again = service.delete("/weather/Seattle/2014-01-01").await;
    assert_eq!((again.status, again.error_subjects()), (404, vec!["path"]));
    assert_eq!(service.get("/weather/Seattle/2014-01-01").await.status, 404);
}
