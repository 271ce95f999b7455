//! `only`: structs with some of a model's attributes.

use djamodb::Error;
use djamodb::prelude::*;

use crate::models::{Event, database_with};

#[derive(Projection, Clone, Debug, PartialEq)]
#[projection(model = crate::models::Event)]
struct Alarm {
    at: i64,
    #[projection(attribute = kind)]
    what: Option<String>,
    urgent: bool,
}

#[tokio::test]
async fn only_decodes_attributes_as_the_model_does() {
    let db = database_with("a", 5).await;
    let events = Event::objects().set_hash_key("a");
    let whole: Vec<Alarm> = events
        .all(&db)
        .await
        .unwrap()
        .into_iter()
        .map(|event| Alarm { at: event.at, what: event.kind, urgent: event.urgent })
        .collect();
    let alarms = events.only::<Alarm>();
    assert_eq!(alarms.all(&db).await.unwrap(), whole);
    assert_eq!(alarms.first(&db).await.unwrap().as_ref(), whole.first());
    assert_eq!(alarms.last(&db).await.unwrap().as_ref(), whole.last());
    assert_eq!(events.filter(Event::AT.eq(20)).only::<Alarm>().get(&db).await.unwrap(), whole[2]);
    assert_eq!(alarms.stream(&db).try_collect::<Vec<_>>().await.unwrap(), whole);
    assert_eq!(events.set_limit(2).only::<Alarm>().page(&db).await.unwrap().items, whole[..2]);
    assert_eq!(
        alarms.explain().unwrap().plan.to_string(),
        "Query events; key condition: device = \"a\"; projection: device, at, kind, urgent; ascending\n"
    );
}

#[tokio::test]
async fn only_requires_its_attributes_in_the_index() {
    let db = database_with("a", 2).await;
    let error = Event::objects().set_index(Event::BY_LEVEL).set_hash_key(1).only::<Alarm>().all(&db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(_)), "{error}");
    assert!(error.to_string().contains("does not hold `urgent`;"), "{error}");
}
