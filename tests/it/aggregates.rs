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
    let expected = (4, 3, number("-299999999999999999999.7"), Some(Cents(-7)), number("-2"), number("-1"), latest);
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
        assert!(matches!(&error, Error::Decode { error, .. } if error.path() == "price.gross"), "{error}");
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
