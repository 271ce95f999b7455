//! Aggregates over the items of a queryset.

use djamodb::Error;
use djamodb::plan::PutItem;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Number, NumberError};

use crate::models::{Event, database};

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
struct Cents(i64);

#[derive(Document, Clone, Debug, PartialEq)]
struct Price {
    gross: Number,
    net: Option<Cents>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sales")]
struct Sale {
    #[model(hash_key)]
    shop: String,
    #[model(range_key)]
    at: DateTime<Utc>,
    price: Option<Price>,
}

async fn sales(prices: &[Option<(&str, Option<i64>)>]) -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Sale>().await.unwrap();
    for (seconds, price) in (0..).zip(prices) {
        let price = price.map(|(gross, net)| Price { gross: gross.parse().unwrap(), net: net.map(Cents) });
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        Sale { shop: "s".to_owned(), at, price }.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn several_aggregates_share_one_read() {
    let db = sales(&[Some(("0.1", Some(5))), None, Some(("0.2", None)), Some(("-3e20", Some(-7)))]).await;
    let sales = Sale::objects().set_hash_key("s");
    let (gross, net) = (Sale::PRICE.at(Price::GROSS), Sale::PRICE.at(Price::NET));
    let results = sales
        .aggregate(
            (
                count(),
                Sale::PRICE.count(),
                gross.clone().sum(),
                net.clone().min(),
                net.clone().sum(),
                net.avg(),
                Sale::AT.max(),
            ),
            &db,
        )
        .await
        .unwrap();
    let number = |text: &str| Some(text.parse::<Number>().unwrap());
    let latest = DateTime::from_timestamp(3, 0);
    let expected = (4, 3, number("-299999999999999999999.7"), Some(Cents(-7)), Some(Cents(-2)), number("-1"), latest);
    assert_eq!(results, expected);
    assert_eq!(sales.set_limit(3).aggregate(gross.sum(), &db).await.unwrap(), number("0.3"), "a limit is a limit");
}

#[tokio::test]
async fn aggregates_of_no_items_have_no_value() {
    let db = sales(&[None]).await;
    for sales in [Sale::objects().set_hash_key("none"), Sale::objects().set_hash_key("s")] {
        let gross = Sale::PRICE.at(Price::GROSS);
        let results = sales
            .aggregate(
                (gross.clone().min(), gross.clone().max(), gross.clone().sum(), gross.clone().avg(), gross.count()),
                &db,
            )
            .await
            .unwrap();
        assert_eq!(results, (None, None, None, None, 0));
    }
}

#[tokio::test]
async fn a_sum_of_more_than_38_digits_is_an_error() {
    let db = sales(&[Some(("1e40", None)), Some(("1", None))]).await;
    let sales = Sale::objects().set_hash_key("s");
    let error = sales.aggregate(Sale::PRICE.at(Price::GROSS).sum(), &db).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot compute the sum of `price.gross` over items of Sale: "), "{error}");
    assert!(matches!(error, Error::Aggregate { error: NumberError::TooManyDigits, .. }));
    let error = sales.aggregate(Sale::PRICE.at(Price::GROSS).avg(), &db).await.unwrap_err();
    assert!(matches!(error, Error::Aggregate { function: "avg", .. }), "{error}");
}

#[tokio::test]
async fn values_of_another_type_are_an_error_and_nulls_are_skipped() {
    let db = sales(&[Some(("1", None)), Some(("2", None))]).await;
    let put = |seconds: i64, gross: AttributeValue| {
        let at = DateTime::from_timestamp(seconds, 0).unwrap().encode().unwrap();
        let price = AttributeValue::m([("gross", gross)]);
        PutItem::new("sales", Item::new().with("shop", "s").with("at", at).with("price", price))
    };
    db.run(put(7, AttributeValue::null())).await.unwrap();
    let (sales, gross) = (Sale::objects().set_hash_key("s"), || Sale::PRICE.at(Price::GROSS));
    let all = (gross().max(), gross().count(), gross().sum());
    let expected = (Some(Number::from(2)), 2, Some(Number::from(3)));
    assert_eq!(sales.aggregate(all, &db).await.unwrap(), expected);
    db.run(put(8, AttributeValue::s("much"))).await.unwrap();
    for error in [
        sales.aggregate(gross().max(), &db).await.unwrap_err(),
        sales.aggregate(gross().min(), &db).await.unwrap_err(),
        sales.aggregate(gross().sum(), &db).await.unwrap_err(),
    ] {
        assert!(matches!(&error, Error::Codec { error, .. } if error.path() == "price.gross"), "{error}");
    }
}

#[tokio::test]
async fn only_the_aggregated_attributes_are_read() {
    let db = database().await;
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    assert_eq!(mine.aggregate((count(), Event::AT.max()), &db).await.unwrap(), (0, None), "the index holds the keys");
    assert!(mine.aggregate(Event::LEVEL.max(), &db).await.is_err());
    let explained = mine.set_limit(5).explain_aggregate((count(), Event::AT.max())).unwrap();
    assert_eq!(
        explained.plan.to_string(),
        "Aggregate count, max(at)\n  Limit 5, pushed down\n    Query events; index: by_owner; key condition: owner = \"me\"; \
         projection: device, at, owner; ascending\n"
    );
    let keys = mine.explain_for(Terminal::Aggregate).unwrap().plan.to_string();
    assert!(keys.contains("projection: device, at, owner;"), "{keys}");
}

/// One attribute of each type of numbers.
#[derive(Model, Clone, Debug, PartialEq, Default)]
#[model(table = "figures")]
struct Figures {
    #[model(hash_key)]
    id: u8,
    #[model(range_key)]
    at: u8,
    small: i8,
    unsigned: u8,
    long: i64,
    widest: u64,
    huge: i128,
    half: f32,
    float: f64,
    optional: Option<u16>,
    nested: Option<Option<u32>>,
}

async fn figures(all: impl IntoIterator<Item = Figures>) -> (Database, QuerySet<Figures>) {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Figures>().await.unwrap();
    for (at, figures) in (0..).zip(all) {
        Figures { at, ..figures }.save(&db).await.unwrap();
    }
    (db, Figures::objects().set_hash_key(0))
}

#[tokio::test]
async fn a_sum_has_the_type_of_its_attribute_or_a_wider_one() {
    let one = Figures {
        small: i8::MIN,
        unsigned: u8::MAX,
        long: -5,
        widest: 7,
        huge: 1 << 90,
        half: 0.1,
        float: 0.1,
        optional: Some(u16::MAX),
        ..Figures::default()
    };
    let (db, all) = figures([one.clone(), one.clone(), Figures { optional: None, float: 0.1, ..one }]).await;
    let sums: (Option<i64>, Option<u64>, Option<i64>, Option<u64>, Option<i128>) = all
        .aggregate(
            (
                Figures::SMALL.sum(),
                Figures::UNSIGNED.sum(),
                Figures::LONG.sum(),
                Figures::WIDEST.sum(),
                Figures::HUGE.sum(),
            ),
            &db,
        )
        .await
        .unwrap();
    assert_eq!(sums, (Some(-384), Some(765), Some(-15), Some(21), Some(3 << 90)));
    let sums: (Option<f64>, Option<f64>, Option<u64>, Option<u64>) = all
        .aggregate((Figures::HALF.sum(), Figures::FLOAT.sum(), Figures::OPTIONAL.sum(), Figures::NESTED.sum()), &db)
        .await
        .unwrap();
    // Added in floating point, 0.1 + 0.1 + 0.1 is 0.30000000000000004.
    assert_eq!(sums, (Some(0.3), Some(0.3), Some(131_070), None));
    let (exact, wide) =
        all.aggregate((Figures::FLOAT.sum_as::<Number>(), Figures::LONG.sum_as::<i128>()), &db).await.unwrap();
    assert_eq!((exact.map(|sum| sum.to_string()).as_deref(), wide), (Some("0.3"), Some(-15)));
}

#[tokio::test]
async fn a_sum_that_does_not_fit_its_type_is_an_error_and_fits_a_number() {
    let most = Figures { long: i64::MAX, widest: u64::MAX, ..Figures::default() };
    let (db, all) = figures([most.clone(), most]).await;
    let error = all.aggregate(Figures::LONG.sum(), &db).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot compute the sum of `long` over items of Figures: the number 18446744073709551614 does not fit a 64-bit integer; \
         use `sum_as::<Number>()`, which fits every sum"
    );
    assert!(matches!(error, Error::SumOutOfRange { model: "Figures", .. }));
    assert!(all.aggregate(Figures::WIDEST.sum(), &db).await.is_err());
    assert!(all.aggregate(Figures::WIDEST.sum_as::<u8>(), &db).await.is_err());
    let sum = all.aggregate(Figures::LONG.sum_as::<Number>(), &db).await.unwrap();
    assert_eq!(sum, Some("18446744073709551614".parse().unwrap()));
    assert_eq!(all.aggregate(Figures::LONG.avg(), &db).await.unwrap(), Some(i64::MAX.into()), "an average is a number");
}
