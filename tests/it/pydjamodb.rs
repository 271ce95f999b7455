//! docs/PYDJAMODB.md: its code is part of this file, and the statements about djamodb on it hold.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::ValueType;
use djamodb::{Batch, Settings, assert_requests};

const PAGE: &str = include_str!("../../docs/PYDJAMODB.md");

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "page_visits")]
#[model(global_index(by_page, hash_key = page, range_key = seconds))]
#[model(manager(of_page, index = by_page))]
struct Visit {
    #[model(hash_key)]
    visitor: String,
    #[model(range_key)]
    time: DateTime<Utc>,
    page: Option<String>,
    seconds: u32,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "page_visits", managed = false)]
#[model(manager(objects, filter = Self::PAGE.eq("home")))]
struct HomeVisit {
    #[model(hash_key)]
    visitor: String,
    #[model(range_key)]
    time: DateTime<Utc>,
    page: String,
}

trait VisitQuerySet {
    fn long(&self) -> Self;
}

impl<R, I: Index<Model = Visit>> VisitQuerySet for QuerySet<Visit, R, I> {
    fn long(&self) -> Self {
        self.filter(Visit::SECONDS.gte(10))
    }
}

/// Every type of attribute that the page names.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "reports", time_to_live = expires)]
struct Report {
    #[model(hash_key)]
    title: String,
    count: u64,
    ratio: f64,
    price: Decimal,
    is_public: bool,
    created: DateTime<Utc>,
    content: Bytes,
    options: djamodb::serde_json::Value,
    notes: Vec<String>,
    author: Author,
    tags: BTreeSet<String>,
    sizes: BTreeSet<u32>,
    subtitle: Option<String>,
    #[model(default = 1)]
    copies: u32,
    #[model(version)]
    version: u64,
    #[model(rename = "oldName")]
    name: String,
    expires: Option<DateTime<Utc>>,
    spot: (u32, String),
    flag: djamodb::model::boolean_text::Stored,
    place: Place,
    media: Media,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Author {
    name: String,
}

#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(join = "||")]
struct Place {
    country: String,
    city: String,
}

#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(tag = "cls")]
enum Media {
    Photo {
        width: u32,
    },
    #[attribute(fallback)]
    Other(djamodb::value::AttributeValue),
}

fn time(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

fn visit(visitor: &str, minutes: i64, page: &str, seconds: u32) -> Visit {
    Visit { visitor: visitor.to_owned(), time: time(minutes), page: Some(page.to_owned()), seconds }
}

/// Returns the visits of the tests, in the order of their keys.
fn all_visits() -> Vec<Visit> {
    vec![
        visit("ann", 0, "home", 5),
        visit("ann", 1, "cart", 30),
        visit("ann", 2, "home", 12),
        visit("ben", 0, "home", 7),
    ]
}

async fn database() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Visit>().await.unwrap();
    Visit::objects().bulk_create(&mut all_visits(), OnConflict::Fail, &db).await.unwrap();
    db
}

#[tokio::test]
async fn querysets_do_what_the_page_says() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    let [first, second, third, _]: [Visit; 4] = all_visits().try_into().unwrap();
    let ann = vec![first.clone(), second.clone(), third.clone()];
    let visits = Visit::objects().set_hash_key("ann");

    assert_eq!(visits.all(&db).await?, ann);
    assert_eq!(visits.stream(&db).try_collect::<Vec<_>>().await?, ann);
    assert_eq!(visits.first(&db).await?, Some(first.clone()));
    assert_eq!(visits.last(&db).await?, Some(third.clone()));
    assert!(visits.get(&db).await.unwrap_err().is_multiple_objects_returned());
    assert_eq!(visits.filter(Visit::TIME.eq(time(1))).get(&db).await?, second);
    assert!(visits.filter(Visit::TIME.eq(time(9))).get(&db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!(visits.count(&db).await?, 3);
    assert_eq!(visits.set_limit(2).count(&db).await?, 2);
    assert!(visits.exists(&db).await?);
    assert_eq!(visits.set_limit(2).all(&db).await?, ann[..2]);
    assert_eq!(visits.set_scan_index_forward(false).first(&db).await?, Some(third.clone()));
    assert_eq!(visits.set_scan_index_forward(false).last(&db).await?, Some(first.clone()));
    assert_eq!(visits.none().all(&db).await?, []);
    assert_eq!(visits.none().filter(Visit::SECONDS.eq(5)).count(&db).await?, 0);

    let home = Visit::objects().set_index(Visit::BY_PAGE).set_hash_key("home");
    let seconds = |visits: Vec<Visit>| visits.into_iter().map(|visit| visit.seconds).collect::<Vec<_>>();
    assert_eq!(seconds(home.all(&db).await?), [5, 7, 12]);
    assert_eq!(seconds(Visit::of_page().set_hash_key("home").all(&db).await?), [5, 7, 12]);
    assert_eq!(seconds(Visit::of_page().long().set_hash_key("home").all(&db).await?), [12]);

    assert_eq!(visits.delete(&db).await?, 3);
    assert!(!visits.exists(&db).await?);
    assert_eq!(Visit::objects().scan().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn each_lookup_of_pydjamodb_exists() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    let visits = Visit::objects().set_hash_key("ann");
    for (lookup, text, value, seconds) in [
        (Visit::SECONDS.eq(5), "seconds", "5", vec![5]),
        (Visit::SECONDS.ne(5), "seconds__not", "5", vec![30, 12]),
        (Visit::SECONDS.lt(12), "seconds__lt", "12", vec![5]),
        (Visit::SECONDS.lte(12), "seconds__lte", "12", vec![5, 12]),
        (Visit::SECONDS.gt(12), "seconds__gt", "12", vec![30]),
        (Visit::SECONDS.gte(12), "seconds__gte", "12", vec![30, 12]),
        (Visit::SECONDS.between(5, 12), "seconds__between", "[5, 12]", vec![5, 12]),
        (Visit::SECONDS.between(12, 5), "seconds__between", "[12, 5]", vec![]),
        (Visit::SECONDS.is_in([5, 30]), "seconds__in", "[5, 30]", vec![5, 30]),
        (Visit::PAGE.exists(), "page__exists", "true", vec![5, 30, 12]),
        (Visit::PAGE.not_exists(), "page__exists", "false", vec![]),
        (Visit::PAGE.startswith("ho"), "page__startswith", "ho", vec![5, 12]),
        (Visit::PAGE.contains("ar"), "page__contains", "ar", vec![30]),
        (Visit::PAGE.size().gte(4), "page__size__gte", "4", vec![5, 30, 12]),
        (Visit::PAGE.attribute_type(ValueType::S), "page__type", "S", vec![5, 30, 12]),
        // These name the range key, which the service refuses in a filter expression.
        (Visit::TIME.ne(time(0)), "time__not", "1970-01-01T00:00:00Z", vec![30, 12]),
        (Visit::TIME.is_in([time(0)]), "time__in", r#"["1970-01-01T00:00:00Z"]"#, vec![5]),
        (Visit::TIME.exists(), "time__exists", "true", vec![5, 30, 12]),
    ] {
        let values = visits.values(Visit::SECONDS);
        assert_eq!(values.filter(lookup).all(&db).await?, seconds, "{text}={value}");
        assert_eq!(values.filter_lookup(text, value).all(&db).await?, seconds, "{text}={value}");
    }
    assert!(visits.filter_lookup("pages", "home").all(&db).await.is_err());
    assert!(Visit::objects().all(&db).await.is_err_and(|error| error.to_string().contains("scan")));
    Ok(())
}

#[tokio::test]
async fn filters_add_up() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    let visits = Visit::objects().set_hash_key("ann");

    let long = visits.filter(Visit::SECONDS.gte(10));
    let long_home = long.filter(Visit::PAGE.eq("home")); // both lookups
    let home = visits.filter(Visit::PAGE.eq("home")); // one lookup: the other queryset is unchanged
    assert_eq!(long_home.count(&db).await?, 1);
    assert_eq!(home.count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn nothing_is_cached() -> Result<(), Box<dyn std::error::Error>> {
    let (db, ledger) = database().await.with_ledger();
    let visits = Visit::objects().set_hash_key("ann");

    let list = visits.all(&db).await?; // one request; keep the list
    let (length, first) = (list.len(), list.first());

    assert_requests!(ledger == 1);
    assert_eq!((length, first), (3, all_visits().first()));
    visits.all(&db).await?;
    assert_requests!(ledger == 2);
    visits.count(&db).await?;
    assert_requests!(ledger == 3);
    Ok(())
}

#[tokio::test]
async fn a_key_continues_a_page_also_one_that_pydjamodb_wrote() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    let visits = Visit::objects().set_hash_key("ann");

    let page = visits.set_limit(2).page(&db).await?;
    let text = page.last_evaluated_key.map(|key| key.to_string()); // DynamoDB JSON, for a URL
    let key: Option<LastEvaluatedKey> = text.as_deref().map(str::parse).transpose()?;
    let rest = visits.set_limit(2).set_last_evaluated_key(key).page(&db).await?;

    assert_eq!(page.items, all_visits()[..2]);
    assert_eq!((rest.items, rest.last_evaluated_key), (all_visits()[2..3].to_vec(), None));
    let of_pydjamodb = r#"{"visitor": {"S": "ann"}, "time": {"S": "1970-01-01T00:01:00.000000+0000"}}"#;
    let key: LastEvaluatedKey = of_pydjamodb.parse()?;
    assert_eq!(text, Some(key.to_string()));
    assert_eq!(visits.set_limit(2).last_evaluated_key(&db).await?, Some(key.clone()));
    // The key of a full page may be that of the last item; the next page is then empty.
    let full = visits.set_limit(3).page(&db).await?;
    let after = visits.set_limit(3).set_last_evaluated_key(full.last_evaluated_key.clone()).page(&db).await?;
    assert_eq!((full.last_evaluated_key.is_some(), after.items, after.last_evaluated_key), (true, vec![], None));
    // A key of another partition is refused.
    let ben = Visit::objects().set_hash_key("ben").set_last_evaluated_key(key);
    assert!(ben.all(&db).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_proxy_reads_the_table_of_another_model() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    assert!(!djamodb::model::managed().iter().any(|schema| schema.model == "HomeVisit"));
    let times: Vec<_> = HomeVisit::objects().set_hash_key("ann").values(HomeVisit::TIME).all(&db).await?;
    assert_eq!(times, [time(0), time(2)]);
    Ok(())
}

#[tokio::test]
async fn values_and_tables_do_what_the_page_says() -> Result<(), Box<dyn std::error::Error>> {
    let db = database().await;
    let mut visit = Visit::get_by_key(("ann", time(1)), &db).await?;
    assert_eq!(visit, all_visits()[1]);
    visit.update(Visit::SECONDS.set(31_u32), &db).await?;
    assert_eq!(visit.seconds, 31);
    visit.update(Visit::PAGE.set(None), &db).await?;
    assert_eq!(visit.page, None);
    visit.seconds = 32;
    visit.save(&db).await?;
    visit.refresh(&db).await?;
    assert_eq!(visit.seconds, 32);
    visit.save(&db).condition(Visit::SECONDS.eq(32)).await?;
    visit.delete(&db).await?;
    assert_eq!(Visit::objects().in_bulk([("ann", time(0)), ("ann", time(1))], &db).await?.len(), 1);
    let mut batch = Batch::new();
    for visit in &all_visits() {
        batch.save(visit);
    }
    batch.run(&db).await?;
    let mut batch = Batch::new();
    let visit = &all_visits()[0];
    batch.delete(visit);
    batch.run(&db).await?;
    assert_eq!(Visit::objects().scan().all(&db).await?.len(), 3);
    Visit::objects().bulk_create(&mut all_visits(), OnConflict::Overwrite, &db).await?;
    assert_eq!(Visit::objects().scan().all(&db).await?.len(), 4);
    assert!(db.table_exists::<Visit>().await?);
    db.delete_table::<Visit>().await?;
    db.create_table::<Visit>().await?;
    assert!(db.create_table::<Visit>().await.is_err(), "PynamoDB's create_table ignores a table that exists");
    let created = db.create_missing_tables().await?;
    assert!(!created.iter().any(|name| *name == "page_visits"), "{created:?}");
    Ok(())
}

#[djamodb::test(models = [Visit])]
async fn a_visitor_has_no_visits(db: Database) -> Result<(), djamodb::Error> {
    assert_eq!(Visit::objects().set_hash_key("ann").count(&db).await?, 0);
    Ok(())
}

#[test]
fn settings_name_tables_as_pydjamodb_does() -> Result<(), djamodb::settings::SettingsError> {
    let settings = Settings::builder()
        .region("eu-west-1")
        .credentials("AKIAEXAMPLE", "secret")
        .table_prefix("shop")
        .pay_per_request()
        .tag("table", "{table_name}")
        .point_in_time_recovery(true)
        .build()?;

    assert_eq!(settings.table_defaults().table_name(&"page_visits".into()), "shop-page_visits");
    let local = Settings::builder().host("http://localhost:8000").build()?;
    assert_eq!(local.host(), Some("http://localhost:8000"));
    Ok(())
}

#[tokio::test]
async fn attributes_are_stored_as_the_page_says() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect("memory://").await?;
    db.create_table::<Report>().await?;
    let mut report = Report {
        title: "may".into(),
        count: 3,
        ratio: 0.5,
        price: Decimal::new(995, 2),
        is_public: true,
        created: time(1),
        content: Bytes::from_static(b"\x00"),
        options: djamodb::serde_json::json!({ "a": 1 }),
        notes: vec!["note".into()],
        author: Author { name: "ann".into() },
        tags: ["new".to_owned()].into(),
        sizes: [1, 2].into(),
        subtitle: None,
        copies: 2,
        version: 0,
        name: "x".into(),
        expires: DateTime::from_timestamp(60, 0),
        spot: (1, "left".to_owned()),
        flag: true.into(),
        place: Place { country: "cz".into(), city: "Praha".into() },
        media: Media::Photo { width: 80 },
    };
    report.save(&db).await?;
    let key = djamodb::value::Item::new().with("title", "may");
    let item = db.run(djamodb::plan::GetItem::new("reports", key)).await?.item.unwrap();
    let json: djamodb::serde_json::Value = djamodb::serde_json::to_value(&item)?;
    for (attribute, stored) in [
        ("count", r#"{"N":"3"}"#),
        ("is_public", r#"{"BOOL":true}"#),
        ("created", r#"{"S":"1970-01-01T00:01:00.000000+0000"}"#),
        ("content", r#"{"B":"AA=="}"#),
        ("options", r#"{"S":"{\"a\": 1}"}"#),
        ("notes", r#"{"L":[{"S":"note"}]}"#),
        ("spot", r#"{"L":[{"N":"1"},{"S":"left"}]}"#),
        ("author", r#"{"M":{"name":{"S":"ann"}}}"#),
        ("tags", r#"{"SS":["new"]}"#),
        ("oldName", r#"{"S":"x"}"#),
        ("version", r#"{"N":"1"}"#),
        ("flag", r#"{"S":"True"}"#),
        ("place", r#"{"S":"cz||Praha"}"#),
        ("media", r#"{"M":{"cls":{"S":"Photo"},"width":{"N":"80"}}}"#),
    ] {
        assert_eq!(
            json[attribute],
            djamodb::serde_json::from_str::<djamodb::serde_json::Value>(stored)?,
            "{attribute}"
        );
    }
    assert!(json.get("subtitle").is_none(), "an attribute without a value is left out");
    assert_eq!(Report::get_by_key("may", &db).await?, report);
    let czech = Report::objects().scan().filter(Report::PLACE.startswith(Place::prefix("cz")));
    assert_eq!(czech.count(&db).await?, 1);
    let photos = Report::objects().scan().filter(Report::MEDIA.is_variant(Media::PHOTO));
    assert_eq!(photos.count(&db).await?, 1);
    Ok(())
}

/// Counts the requests of a database.
#[derive(Clone, Default)]
struct Counter(std::sync::Arc<std::sync::atomic::AtomicUsize>);

#[djamodb::async_trait]
impl djamodb::database::RequestReceiver for Counter {
    async fn before_request(&self, _: &djamodb::plan::QueryPlan) -> Result<(), djamodb::SignalError> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn a_receiver_sees_each_request() -> Result<(), Box<dyn std::error::Error>> {
    let counter = Counter::default();
    let db = djamodb::connect("memory://").await?.with_request_receiver(counter.clone());
    db.create_table::<Visit>().await?;
    let requests = counter.0.load(std::sync::atomic::Ordering::Relaxed);
    visit("ann", 0, "home", 5).save(&db).await?;
    assert_eq!(counter.0.load(std::sync::atomic::Ordering::Relaxed), requests + 1);
    Ok(())
}

/// Returns a text without white space, since the page breaks lines elsewhere.
fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_code_of_the_page_is_part_of_these_tests() {
    let source = compact(include_str!("pydjamodb.rs"));
    let mut found = 0;
    let mut check = |code: &str| {
        found += 1;
        assert!(source.contains(&compact(code)), "no test contains: {code}");
    };
    for block in PAGE.split("```rust\n").skip(1) {
        check(block.split("```").next().unwrap());
    }
    // The second column of the tables whose second column is called `here`.
    let mut is_here = false;
    for line in PAGE.lines() {
        match line.split(" | ").nth(1) {
            Some("here") => is_here = true,
            Some(cell) if is_here => cell.split('`').skip(1).step_by(2).for_each(&mut check),
            _ => is_here &= line.starts_with('|'),
        }
    }
    assert!(found > 60, "the page has {found} pieces of code");
}
