//! Options of fields: `with`, `serde`, `rename_all`, `skip` and `rest`.

use std::collections::BTreeMap;

use djamodb::expression::Path;
use djamodb::model::CodecErrorKind;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Map};
use djamodb::{Error, MemoryDriver};
use serde::{Deserialize, Serialize};

/// Stores a price as a number of cents.
#[allow(clippy::unnecessary_wraps, reason = "the option `with` requires a `Result`")]
mod cents {
    use djamodb::model::CodecError;

    pub(super) type Stored = i64;

    pub(super) fn to_stored(price: &super::Price) -> Result<Stored, CodecError> {
        Ok(price.euros * 100 + price.cents)
    }

    pub(super) fn from_stored(stored: Stored) -> Result<super::Price, CodecError> {
        if stored < 0 {
            return Err(CodecError::invalid(&stored.to_string(), "a price", "it is negative"));
        }
        Ok(super::Price { euros: stored / 100, cents: stored % 100 })
    }
}

/// Stores a duration of days, which may be missing.
#[allow(clippy::ref_option, clippy::unnecessary_wraps, reason = "the option `with` requires these types")]
mod days {
    use djamodb::model::CodecError;

    pub(super) type Stored = Option<u32>;

    pub(super) fn to_stored(days: &Option<super::Days>) -> Result<Stored, CodecError> {
        Ok(days.as_ref().map(|days| days.0))
    }

    pub(super) fn from_stored(stored: Stored) -> Result<Option<super::Days>, CodecError> {
        Ok(stored.map(super::Days))
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Price {
    euros: i64,
    cents: i64,
}

#[derive(Clone, PartialEq, Debug)]
struct Days(u32);

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
struct Size {
    width: u128,
    note: Option<String>,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "articles", managed = false, rename_all = "camelCase")]
#[model(global_index(by_price, hash_key = kind, range_key = sale_price))]
struct Article {
    #[model(hash_key, with = cents)]
    list_price: Price,
    kind: String,
    #[model(with = cents, default = Price { euros: 1, cents: 5 })]
    sale_price: Price,
    #[model(with = days)]
    delivery: Option<Days>,
    #[model(serde)]
    size: Size,
    #[model(serde, default)]
    sizes: BTreeMap<u8, Size>,
    #[model(rename = "Maker")]
    made_by: Maker,
    #[model(skip)]
    cached: Option<u64>,
    #[model(skip, default = 7)]
    counted: u8,
    #[model(rest)]
    others: Item,
}

#[derive(Document, Clone, PartialEq, Debug)]
#[document(rename_all = "PascalCase")]
struct Maker {
    full_name: String,
    #[document(with = cents)]
    min_order: Price,
    #[document(skip)]
    cached: bool,
    #[document(rest)]
    others: Map,
}

fn price(cents: i64) -> Price {
    Price { euros: cents / 100, cents: cents % 100 }
}

fn article(cents: i64) -> Article {
    Article {
        list_price: price(cents),
        kind: "lamp".to_owned(),
        sale_price: price(cents - 1),
        delivery: Some(Days(3)),
        size: Size { width: u128::from(u64::MAX) + 1, note: None },
        sizes: [(4, Size::default())].into(),
        made_by: Maker { full_name: "Ann".to_owned(), min_order: price(250), cached: false, others: Map::default() },
        cached: None,
        counted: 7,
        others: Item::new(),
    }
}

async fn database() -> Database {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Article>().await.unwrap();
    db
}

#[test]
fn fields_are_stored_as_their_options_say() {
    let item = article(995).to_item().unwrap();
    let names: Vec<&str> = item.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Maker", "delivery", "kind", "listPrice", "salePrice", "size", "sizes"]);
    assert_eq!(item.get("listPrice"), Some(&AttributeValue::n(995)));
    assert_eq!(item.get("delivery"), Some(&AttributeValue::n(3)));
    let width = Path::parse("size.width").unwrap();
    assert_eq!(width.get(&item), Some(&AttributeValue::N("18446744073709551616".parse().unwrap())));
    let minimum = Path::parse("Maker.MinOrder").unwrap();
    assert_eq!(minimum.get(&item), Some(&AttributeValue::n(250)));
    assert_eq!(Article::from_item(&item).unwrap(), article(995));
}

#[test]
fn missing_attributes_have_the_defaults_of_their_fields() {
    let mut item = article(995).to_item().unwrap();
    for name in ["salePrice", "delivery", "sizes"] {
        item.remove(name);
    }
    let read = Article::from_item(&item).unwrap();
    assert_eq!((read.sale_price, read.delivery, read.sizes.len()), (price(105), None, 0));
    item.remove("size");
    let error = Article::from_item(&item).unwrap_err();
    assert_eq!((error.path(), error.kind()), ("size", &CodecErrorKind::Missing));
}

#[test]
fn errors_of_conversions_name_the_attribute() {
    let mut item = article(995).to_item().unwrap();
    item.insert("salePrice", AttributeValue::n(-1));
    let error = Article::from_item(&item).unwrap_err();
    assert_eq!(error.to_string(), "attribute `salePrice`: \"-1\" is not a price: it is negative");
    item.insert("salePrice", AttributeValue::s("1"));
    assert_eq!(Article::from_item(&item).unwrap_err().path(), "salePrice");
    item.insert("salePrice", AttributeValue::n(1));
    item.insert("size", AttributeValue::s("large"));
    assert_eq!(Article::from_item(&item).unwrap_err().path(), "size");
}

#[tokio::test]
async fn lookups_edits_and_keys_take_the_stored_type() {
    let db = database().await;
    for cents in [500, 995] {
        article(cents).save(&db).await.unwrap();
    }
    let mut cheap = Article::get_by_key(500, &db).await.unwrap();
    assert_eq!(cheap, article(500));
    let lamps = Article::objects().set_index(Article::BY_PRICE).set_hash_key("lamp");
    assert_eq!(lamps.filter(Article::SALE_PRICE.between(900, 1000)).all(&db).await.unwrap(), [article(995)]);
    assert_eq!(lamps.filter_lookup("salePrice__lt", "900").count(&db).await.unwrap(), 1);
    assert_eq!(lamps.filter(Article::MADE_BY.at(Maker::MIN_ORDER).eq(250)).count(&db).await.unwrap(), 2);
    let note = Article::SIZE.eq(djamodb::model::bridge::Serde(article(500).size));
    assert_eq!(lamps.filter(note).count(&db).await.unwrap(), 2);
    cheap.update((Article::SALE_PRICE.add(1), Article::DELIVERY.set(None)), &db).await.unwrap();
    assert_eq!((cheap.sale_price, cheap.delivery.clone()), (price(500), None));
    assert_eq!(lamps.values(Article::SALE_PRICE).all(&db).await.unwrap(), [500, 994]);
}

#[tokio::test]
async fn attributes_of_the_rest_survive_reading_and_saving() {
    let db = database().await;
    let mut item = article(500).to_item().unwrap();
    item.insert("colour", AttributeValue::s("red"));
    let Some(AttributeValue::M(maker)) = item.remove("Maker") else { panic!("no maker") };
    let mut maker: Item = maker.into();
    maker.insert("phone", AttributeValue::s("12"));
    item.insert("Maker", AttributeValue::M(maker.into_map()));
    db.run(djamodb::plan::PutItem::new("articles", item.clone())).await.unwrap();

    let mut read = Article::get_by_key(500, &db).await.unwrap();
    assert_eq!(read.others, Item::new().with("colour", "red"));
    assert_eq!(read.made_by.others.get("phone"), Some(&AttributeValue::s("12")));
    "chair".clone_into(&mut read.kind);
    read.save(&db).await.unwrap();
    item.insert("kind", AttributeValue::s("chair"));
    let key = Item::new().with("listPrice", 500);
    assert_eq!(db.run(djamodb::plan::GetItem::new("articles", key)).await.unwrap().item, Some(item));

    read.others.insert("kind", AttributeValue::s("table"));
    let error = read.save(&db).await.unwrap_err();
    let Error::InvalidValue(invalid) = &error else { panic!("{error}") };
    assert_eq!((invalid.error.path(), invalid.error.kind()), ("kind", &CodecErrorKind::DeclaredInRest));
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "visits", managed = false)]
#[model(global_index(by_active, hash_key = active, range_key = left))]
struct Visit {
    #[model(hash_key)]
    visitor: String,
    #[model(range_key, with = djamodb::model::datetime::milliseconds)]
    time: DateTime<Utc>,
    #[model(with = djamodb::model::boolean_text)]
    active: bool,
    #[model(with = djamodb::model::datetime::epoch_seconds)]
    left: DateTime<Utc>,
}

#[tokio::test]
async fn times_and_booleans_are_stored_in_the_form_of_a_module() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Visit>().await.unwrap();
    let time = |milliseconds| DateTime::from_timestamp_millis(milliseconds).unwrap();
    let visit = |at| Visit { visitor: "ann".to_owned(), time: time(at), active: at > 1000, left: time(60_000) };
    for at in [1, 2, 1500] {
        visit(at).save(&db).await.unwrap();
    }
    let item = visit(1500).to_item().unwrap();
    assert_eq!(item.get("time"), Some(&AttributeValue::s("1970-01-01T00:00:01.500Z")));
    assert_eq!(
        (item.get("active"), item.get("left")),
        (Some(&AttributeValue::s("True")), Some(&AttributeValue::n(60)))
    );
    assert_eq!(Visit::get_by_key(("ann", time(2)), &db).await.unwrap(), visit(2));
    let later = Visit::objects().set_hash_key("ann").filter(Visit::TIME.gte(time(2)));
    assert_eq!(later.all(&db).await.unwrap(), [visit(2), visit(1500)]);
    let active = Visit::objects().set_index(Visit::BY_ACTIVE).set_hash_key(true);
    assert_eq!(active.filter(Visit::LEFT.eq(time(60_000))).count(&db).await.unwrap(), 1);
    let mut finer = Visit { time: DateTime::from_timestamp(0, 1).unwrap(), ..visit(1) };
    assert!(matches!(finer.save(&db).await, Err(Error::InvalidValue(_))));
}
