//! Signals of models and of requests.

use std::sync::{Arc, Mutex};

use djamodb::database::{Receiver, RequestReceiver, SignalContext};
use djamodb::driver::{Applied, DriverError, DriverErrorKind};
use djamodb::error::Signal;
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::Item;
use djamodb::{Error, MemoryDriver, SignalError, async_trait};

#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "cities")]
struct City {
    #[model(hash_key)]
    name: String,
    visits: u32,
    #[model(version)]
    version: u64,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "notes")]
struct Note {
    #[model(hash_key)]
    id: u32,
}

fn city(name: &str) -> City {
    City { name: name.to_owned(), ..City::default() }
}

/// Records the signals, and fails at one of them.
#[derive(Clone, Default)]
struct Recorder {
    name: &'static str,
    calls: Arc<Mutex<Vec<String>>>,
    fails_at: Option<Signal>,
}

impl Recorder {
    fn record(&self, signal: Signal, text: &str) -> Result<(), SignalError> {
        self.calls.lock().unwrap().push(format!("{}{signal} {text}", self.name));
        if self.fails_at == Some(signal) { Err("refused".into()) } else { Ok(()) }
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }
}

fn described(city: &City, context: &SignalContext<'_>) -> String {
    format!("{} {} version {}, created {:?}", context.operation, city.name, city.version, context.created)
}

#[async_trait]
impl Receiver<City> for Recorder {
    async fn pre_save(&self, city: &mut City, context: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record(Signal::PreSave, &described(city, context))
    }

    async fn post_save(&self, city: &mut City, context: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record(Signal::PostSave, &described(city, context))
    }

    async fn pre_delete(&self, city: &City, context: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record(Signal::PreDelete, &described(city, context))
    }

    async fn post_delete(&self, city: &City, context: &SignalContext<'_>) -> Result<(), SignalError> {
        self.record(Signal::PostDelete, &described(city, context))
    }

    fn pre_init(&self, item: &Item) -> Result<(), SignalError> {
        self.record(Signal::PreInit, item.get("name").and_then(|name| name.as_s()).unwrap_or_default())
    }

    fn post_init(&self, city: &mut City) -> Result<(), SignalError> {
        self.record(Signal::PostInit, &city.name)
    }
}

async fn recorded() -> Result<(Database, Recorder), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_tables(&[City::schema(), Note::schema()]).await?;
    let recorder = Recorder::default();
    Ok((db.with_receiver::<City>(recorder.clone()), recorder))
}

#[tokio::test]
async fn writes_of_values_send_signals() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    let mut oslo = city("Oslo");
    oslo.create(&db).await?;
    assert_eq!(
        recorder.take(),
        ["pre_save create Oslo version 0, created Some(true)", "post_save create Oslo version 1, created Some(true)"]
    );
    oslo.save(&db).await?;
    assert_eq!(
        recorder.take(),
        ["pre_save save Oslo version 1, created None", "post_save save Oslo version 2, created None"]
    );
    oslo.delete(&db).await?;
    assert_eq!(
        recorder.take(),
        ["pre_delete delete Oslo version 2, created None", "post_delete delete Oslo version 2, created None"]
    );
    City::get_or_create(city("Rome"), &db).await?;
    assert_eq!(
        recorder.take(),
        [
            "pre_save get_or_create Rome version 0, created Some(true)",
            "post_save get_or_create Rome version 1, created Some(true)"
        ]
    );
    City::get_or_create(city("Rome"), &db).await?;
    assert_eq!(recorder.take(), ["pre_init Rome", "post_init Rome"]);
    City::update_or_create(city("Bern"), City::VISITS.set(1), &db).await?;
    assert_eq!(recorder.take().len(), 2);
    Ok(())
}

#[tokio::test]
async fn decoding_sends_signals() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    city("Oslo").create(&db.without_receivers()).await?;
    assert_eq!(recorder.take(), [""; 0]);
    City::get_by_key("Oslo", &db).await?;
    assert_eq!(recorder.take(), ["pre_init Oslo", "post_init Oslo"]);
    City::objects().scan().all(&db).await?;
    assert_eq!(recorder.take(), ["pre_init Oslo", "post_init Oslo"]);
    City::objects().scan().count(&db).await?;
    City::objects().scan().values(City::NAME).all(&db).await?;
    assert_eq!(recorder.take(), [""; 0], "no value is decoded");
    Ok(())
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(
    table = "atlas",
    managed = false,
    discriminator = "type",
    hash_key(pk = "{country}"),
    range_key(sk = "MAP#{name}")
)]
struct Map {
    country: String,
    name: String,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "atlas", managed = false, discriminator = "type", hash_key(pk = "{country}"), range_key(sk = "FLAG"))]
struct Flag {
    country: String,
}

#[derive(Collection, PartialEq, Debug)]
enum Sheet {
    Map(Map),
    Flag(Flag),
}

#[derive(Collection, PartialEq, Debug)]
struct Atlas {
    maps: Vec<Map>,
    flag: Option<Flag>,
}

/// Gives a map that is decoded a name in capitals.
struct Capitals;

#[async_trait]
impl Receiver<Map> for Capitals {
    fn post_init(&self, map: &mut Map) -> Result<(), SignalError> {
        map.name = map.name.to_uppercase();
        Ok(())
    }
}

#[tokio::test]
async fn decoding_an_item_of_a_collection_sends_signals() -> Result<(), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Map>().await?;
    let map = |name: &str| Map { country: "no".to_owned(), name: name.to_owned() };
    let flag = Flag { country: "no".to_owned() };
    map("oslo").create(&db).await?;
    flag.clone().create(&db).await?;
    let db = db.with_receiver::<Map>(Capitals);
    let sheets = Sheet::objects().set_hash_key("no").all(&db).await?;
    assert_eq!(sheets, [Sheet::Flag(flag.clone()), Sheet::Map(map("OSLO"))]);
    let atlas = Atlas::objects().set_hash_key("no").get(&db).await?;
    assert_eq!(atlas, Atlas { maps: vec![map("OSLO")], flag: Some(flag) });
    Ok(())
}

#[tokio::test]
async fn writes_without_values_send_no_signals() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    City::objects().bulk_create(&mut [city("Oslo"), city("Rome")], OnConflict::Fail, &db).await?;
    City::objects().scan().update(City::VISITS.set(1), &db).await?;
    Note { id: 1 }.save(&db).await?;
    assert_eq!(recorder.take(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn deletes_of_a_queryset_send_the_signals_of_each_item() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    for name in ["Oslo", "Rome"] {
        city(name).create(&db.without_receivers()).await?;
    }
    assert_eq!(City::objects().set_hash_key("Oslo").delete(&db).await?, 1);
    let of = |signal: &str, method: &str, name: &str| format!("{signal} {method} {name} version 1, created None");
    let init = |name: &str| [format!("pre_init {name}"), format!("post_init {name}")];
    let expected = |method: &str, name: &str| {
        [&init(name)[..], &[of("pre_delete", method, name), of("post_delete", method, name)]].concat()
    };
    assert_eq!(recorder.take(), expected("delete", "Oslo"));
    assert_eq!(City::objects().set_hash_key("Rome").delete_checked(&db).await?, 1);
    assert_eq!(recorder.take(), expected("delete_checked", "Rome"));
    Ok(())
}

#[tokio::test]
async fn an_error_before_a_write_stops_it() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    city("Oslo").create(&db).await?;
    for (signal, is_written) in [
        (Signal::PreSave, false),
        (Signal::PostSave, true),
        (Signal::PreDelete, false),
        (Signal::PostDelete, true),
        (Signal::PreInit, false),
        (Signal::PostInit, false),
    ] {
        let plain = Database::new(MemoryDriver::new());
        plain.create_tables(&[City::schema()]).await?;
        let mut oslo = city("Oslo");
        oslo.create(&plain).await?;
        let (counted, ledger) = plain.with_ledger();
        let failing = counted.with_receiver::<City>(Recorder { fails_at: Some(signal), ..recorder.clone() });
        let result = match signal {
            Signal::PreSave | Signal::PostSave => oslo.save(&failing).await,
            Signal::PreDelete | Signal::PostDelete => oslo.delete(&failing).await,
            Signal::PreInit | Signal::PostInit => City::get_by_key("Oslo", &failing).await.map(drop),
        };
        let Err(Error::SignalFailed(failed)) = result else { panic!("{signal}: {result:?}") };
        assert_eq!((failed.signal, failed.model, failed.is_written()), (signal, "City", is_written));
        assert!(failed.to_string().starts_with(&format!("{signal} of City failed")), "{failed}");
        let is_read = matches!(signal, Signal::PreInit | Signal::PostInit);
        assert_eq!(ledger.requests(), u64::from(is_written || is_read), "{signal}");
    }
    Ok(())
}

/// Doubles the visits of a city before it is written, and notes it in another model after.
struct Doubled;

#[async_trait]
impl Receiver<City> for Doubled {
    async fn pre_save(&self, city: &mut City, _: &SignalContext<'_>) -> Result<(), SignalError> {
        city.visits *= 2;
        Ok(())
    }

    async fn post_save(&self, city: &mut City, context: &SignalContext<'_>) -> Result<(), SignalError> {
        Note { id: city.visits }.save(context.db).await?;
        Ok(())
    }
}

#[tokio::test]
async fn a_receiver_changes_the_value_and_uses_the_database() -> Result<(), Error> {
    let (db, recorder) = recorded().await?;
    let db = db.with_receiver::<City>(Doubled).with_receiver::<City>(Recorder { name: "second ", ..recorder.clone() });
    let mut oslo = City { visits: 2, ..city("Oslo") };
    oslo.save(&db).await?;
    assert_eq!(City::get_by_key("Oslo", &db.without_receivers()).await?.visits, 4);
    assert_eq!(Note::get_by_key(4, &db).await?, Note { id: 4 });
    let calls = recorder.take();
    assert!(calls[0].starts_with("pre_save") && calls[1].starts_with("second pre_save"), "{calls:?}");
    let (created, is_created) = City::get_or_create(City { visits: 3, ..city("Rome") }, &db).await?;
    assert_eq!((created.visits, is_created), (6, true));
    assert_eq!(City::get_by_key("Rome", &db.without_receivers()).await?.visits, 6);
    Ok(())
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "titles", managed = false)]
struct Title {
    #[model(hash_key)]
    id: u32,
    #[model(validate = not_blank())]
    text: String,
}

/// Gives a title a text.
struct Named;

#[async_trait]
impl Receiver<Title> for Named {
    async fn pre_save(&self, title: &mut Title, _: &SignalContext<'_>) -> Result<(), SignalError> {
        title.text = format!("title {}", title.id);
        Ok(())
    }
}

#[tokio::test]
async fn validators_run_on_the_value_that_receivers_return() -> Result<(), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Title>().await?;
    let blank = |id| Title { id, text: String::new() };
    for result in [
        blank(1).save(&db).await.map(|()| blank(1)),
        Title::get_or_create(blank(2), &db).await.map(|(title, _)| title),
        Title::update_or_create(blank(3), Title::TEXT.set("x"), &db).await.map(|(title, _)| title),
    ] {
        assert!(matches!(result, Err(Error::ValidationFailed(_))), "{result:?}");
    }
    let db = db.with_receiver::<Title>(Named);
    blank(1).save(&db).await?;
    assert_eq!(Title::get_or_create(blank(2), &db).await?.0.text, "title 2");
    assert_eq!(Title::update_or_create(blank(3), Title::TEXT.set("x"), &db).await?.0.text, "title 3");
    Ok(())
}

/// Records requests, and refuses scans.
#[derive(Clone, Default)]
struct Requests(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl RequestReceiver for Requests {
    async fn before_request(&self, plan: &QueryPlan) -> Result<(), SignalError> {
        self.0.lock().unwrap().push(format!("before {}", plan.operation()));
        if matches!(plan, QueryPlan::Scan(_)) { Err("scans are not allowed".into()) } else { Ok(()) }
    }

    async fn after_request(&self, plan: &QueryPlan, result: &Result<Outcome, DriverError>) {
        self.0.lock().unwrap().push(format!("after {}, {}", plan.operation(), result.is_ok()));
    }
}

#[tokio::test]
async fn requests_have_signals_of_their_own() -> Result<(), Error> {
    let (db, _) = recorded().await?;
    let requests = Requests::default();
    let (db, ledger) = db.with_ledger();
    let db = db.with_request_receiver(requests.clone());
    city("Oslo").create(&db).await?;
    city("Oslo").create(&db).await.unwrap_err();
    let refused = City::objects().scan().all(&db).await.unwrap_err();
    let Error::Driver(error) = &refused else { panic!("{refused}") };
    assert_eq!((error.kind(), error.applied(), error.retryable()), (&DriverErrorKind::Refused, Applied::No, false));
    assert_eq!(error.to_string(), "Scan on table cities: a receiver refused the request: scans are not allowed");
    let expected = ["before PutItem", "after PutItem, true", "before PutItem", "after PutItem, false", "before Scan"];
    assert_eq!(*requests.0.lock().unwrap(), expected);
    assert_eq!(ledger.requests(), 2);
    Ok(())
}
