//! Enums with data, in each of their stored forms, and fallback variants.

use djamodb::Error;
use djamodb::model::{CodecError, CodecErrorKind, TextLookupError, check_key_codec};
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Map};
use serde::{Deserialize, Serialize};

#[derive(AttributeType, Serialize, Deserialize, Clone, PartialEq, Debug)]
#[attribute(rename_all = "snake_case", rename_all_fields = "camelCase")]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Payment {
    Cash,
    #[attribute(rename = "cardPayment")]
    #[serde(rename = "cardPayment")]
    Card {
        card_number: String,
        #[attribute(rename = "exp", default)]
        #[serde(rename = "exp", skip_serializing_if = "Option::is_none", default)]
        expires: Option<u32>,
    },
    Transfer(Account),
    Split(u32, String),
    Voucher(Option<u64>),
}

#[derive(Document, Serialize, Deserialize, Clone, PartialEq, Debug)]
struct Account {
    iban: String,
    bank: u32,
}

#[derive(AttributeType, Serialize, Deserialize, Clone, PartialEq, Debug)]
#[attribute(tag = "kind", rename_all = "lowercase")]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Shape {
    Point,
    Circle {
        radius: u32,
    },
    Square {
        #[attribute(rename = "radius")]
        #[serde(rename = "radius")]
        side: String,
        area: u32,
    },
    Named(Account),
}

#[derive(AttributeType, Serialize, Deserialize, Clone, PartialEq, Debug)]
#[attribute(tag = "t", content = "c")]
#[serde(tag = "t", content = "c")]
enum Event {
    Started,
    Moved { to: i32, at: u32 },
    Renamed(String),
    Swapped(i32, i32),
    Nested(Box<Event>),
    Many(Vec<Event>),
}

#[derive(AttributeType, Clone, PartialEq, Eq, Hash, Debug)]
#[attribute(rename_all = "snake_case")]
enum Status {
    Open,
    InWork,
    #[attribute(fallback)]
    Other(String),
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(tag = "kind")]
enum Message {
    Text {
        text: String,
        #[attribute(rest)]
        others: Map,
        #[attribute(skip)]
        cached: usize,
    },
    #[attribute(fallback)]
    Unknown(AttributeValue),
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "orders", global_index(by_status, hash_key = status))]
struct Order {
    #[model(hash_key)]
    id: u32,
    status: Status,
    payment: Payment,
    shape: Option<Shape>,
    #[model(default)]
    events: Vec<Event>,
}

impl Order {
    fn new(id: u32, payment: Payment) -> Self {
        Self { id, status: Status::Open, payment, shape: None, events: Vec::new() }
    }
}

fn account() -> Account {
    Account { iban: "DE02".to_owned(), bank: 7 }
}

fn card() -> Payment {
    Payment::Card { card_number: "4111".to_owned(), expires: Some(27) }
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::s(text)
}

fn n(number: i32) -> AttributeValue {
    AttributeValue::n(number)
}

fn payments() -> Vec<Payment> {
    vec![
        Payment::Cash,
        card(),
        Payment::Card { card_number: String::new(), expires: None },
        Payment::Transfer(account()),
        Payment::Split(3, "x".to_owned()),
        Payment::Voucher(Some(5)),
        Payment::Voucher(None),
    ]
}

fn shapes() -> Vec<Shape> {
    vec![
        Shape::Point,
        Shape::Circle { radius: 2 },
        Shape::Square { side: "a".to_owned(), area: 4 },
        Shape::Named(account()),
    ]
}

fn events() -> Vec<Event> {
    vec![
        Event::Started,
        Event::Moved { to: -1, at: 2 },
        Event::Renamed("new".to_owned()),
        Event::Swapped(1, 2),
        Event::Nested(Box::new(Event::Nested(Box::new(Event::Started)))),
        Event::Many(vec![Event::Started, Event::Swapped(3, 4)]),
    ]
}

#[test]
fn an_external_name_is_text_or_the_only_entry() {
    let stored: Vec<_> = payments().iter().map(|payment| payment.encode().unwrap()).collect();
    let card = AttributeValue::m([("cardNumber", s("4111")), ("exp", n(27))]);
    let transfer = AttributeValue::m([("iban", s("DE02")), ("bank", n(7))]);
    let expected = [
        s("cash"),
        AttributeValue::m([("cardPayment", card)]),
        AttributeValue::m([("cardPayment", AttributeValue::m([("cardNumber", s(""))]))]),
        AttributeValue::m([("transfer", transfer)]),
        AttributeValue::m([("split", AttributeValue::l([n(3), s("x")]))]),
        AttributeValue::m([("voucher", n(5))]),
        AttributeValue::m([("voucher", AttributeValue::Null)]),
    ];
    assert_eq!(stored, expected);
}

#[test]
fn an_internal_name_is_an_entry_of_the_content() {
    let stored: Vec<_> = shapes().iter().map(|shape| shape.encode().unwrap()).collect();
    let expected = [
        AttributeValue::m([("kind", s("point"))]),
        AttributeValue::m([("kind", s("circle")), ("radius", n(2))]),
        AttributeValue::m([("kind", s("square")), ("radius", s("a")), ("area", n(4))]),
        AttributeValue::m([("kind", s("named")), ("iban", s("DE02")), ("bank", n(7))]),
    ];
    assert_eq!(stored, expected);
}

#[test]
fn an_adjacent_name_is_an_entry_beside_the_content() {
    let stored: Vec<_> = events().iter().take(4).map(|event| event.encode().unwrap()).collect();
    let expected = [
        AttributeValue::m([("t", s("Started"))]),
        AttributeValue::m([("t", s("Moved")), ("c", AttributeValue::m([("to", n(-1)), ("at", n(2))]))]),
        AttributeValue::m([("t", s("Renamed")), ("c", s("new"))]),
        AttributeValue::m([("t", s("Swapped")), ("c", AttributeValue::l([n(1), n(2)]))]),
    ];
    assert_eq!(stored, expected);
}

fn round_trip<T: AttributeType + PartialEq + std::fmt::Debug>(values: Vec<T>) {
    for value in values {
        for encoded in [value.encode().unwrap(), value.encode_exact().unwrap()] {
            assert_eq!(T::decode(&encoded).unwrap(), value, "{encoded}");
        }
    }
}

#[test]
fn every_variant_round_trips() {
    round_trip(payments());
    round_trip(shapes());
    round_trip(events());
}

fn as_serde<T: AttributeType + PartialEq + std::fmt::Debug + Serialize + for<'de> Deserialize<'de>>(values: Vec<T>) {
    for value in values {
        let bridged = djamodb::model::bridge::to_value(&value).unwrap();
        assert_eq!(value.encode().unwrap(), bridged);
        assert_eq!(djamodb::model::bridge::from_value::<T>(&bridged).unwrap(), value);
    }
}

#[test]
fn the_forms_are_those_of_serde() {
    as_serde(payments());
    as_serde(shapes());
    as_serde(events());
}

#[test]
fn an_unknown_variant_is_an_error_that_lists_the_known_ones() {
    let message = |value: &AttributeValue| Payment::decode(value).unwrap_err().to_string();
    assert_eq!(
        message(&s("gold")),
        "\"gold\" is not a value of `Payment`: expected one of `cash`, `cardPayment`, `transfer`, `split`, `voucher`"
    );
    assert_eq!(message(&s("split")), "\"split\" is not a value of `Payment`: the variant is stored with its content");
    let cash = AttributeValue::m([("cash", AttributeValue::Null)]);
    assert_eq!(message(&cash), "\"cash\" is not a value of `Payment`: the variant is stored without content");
    let two = AttributeValue::m([("cash", s("")), ("split", s(""))]);
    assert_eq!(message(&two), "expected a value of `Payment`, stored as a map of one entry, found a map of 2 entries");
    assert_eq!(message(&n(1)), "expected a value of `Payment`, found a value of type N");
    let no_name = Shape::decode(&AttributeValue::m([("radius", n(1))])).unwrap_err();
    assert_eq!(no_name.path(), "kind");
    assert!(matches!(no_name.kind(), CodecErrorKind::TagMissing { .. }));
    let no_text = Shape::decode(&AttributeValue::m([("kind", n(1))])).unwrap_err();
    assert_eq!(no_text.to_string(), "attribute `kind`: expected the name of a variant, found a value of type N");
}

#[test]
fn errors_inside_a_variant_have_its_path() {
    let path = |error: CodecError| error.path().to_owned();
    let split = AttributeValue::m([("split", AttributeValue::l([n(3), n(4)]))]);
    assert_eq!(path(Payment::decode(&split).unwrap_err()), "split[1]");
    let short = AttributeValue::m([("split", AttributeValue::l([n(3)]))]);
    assert_eq!(path(Payment::decode(&short).unwrap_err()), "split");
    let card = AttributeValue::m([("cardPayment", AttributeValue::m([("cardNumber", n(4))]))]);
    assert_eq!(path(Payment::decode(&card).unwrap_err()), "cardPayment.cardNumber");
    let circle = AttributeValue::m([("kind", s("circle")), ("radius", s("x"))]);
    assert_eq!(path(Shape::decode(&circle).unwrap_err()), "radius");
    let moved = AttributeValue::m([("t", s("Moved")), ("c", AttributeValue::m([("to", n(1))]))]);
    assert_eq!(path(Event::decode(&moved).unwrap_err()), "c.at");
}

#[test]
fn a_recursive_enum_is_bounded() {
    let mut event = Event::Started;
    for _ in 0..40 {
        event = Event::Nested(Box::new(event));
    }
    assert_eq!(event.encode().unwrap_err().kind(), &CodecErrorKind::TooDeep);
    let mut stored = Event::Started.encode().unwrap();
    for _ in 0..100_000 {
        stored = AttributeValue::m([("t", s("Nested")), ("c", stored)]);
    }
    assert_eq!(Event::decode(&stored).unwrap_err().kind(), &CodecErrorKind::TooDeep);
}

#[test]
fn a_fallback_keeps_what_is_unknown() {
    assert_eq!(Status::decode(&s("in_work")).unwrap(), Status::InWork);
    let other = Status::decode(&s("lost")).unwrap();
    assert_eq!(other, Status::Other("lost".to_owned()));
    assert_eq!(other.encode().unwrap(), s("lost"));
    let known = Status::Other("open".to_owned()).encode().unwrap_err();
    assert_eq!(
        known.to_string(),
        "the variant `Other` holds the value of the variant stored as `open`, as which it would be read; use that variant"
    );
    for status in [Status::Open, Status::InWork, other, Status::Other("open".to_owned())] {
        assert_eq!(check_key_codec(&status), Ok(()));
    }
    let unknown = AttributeValue::m([("kind", s("Picture")), ("url", s("x"))]);
    for value in [unknown, n(1), AttributeValue::Null, AttributeValue::m([("text", s("x"))])] {
        let message = Message::decode(&value).unwrap();
        assert_eq!(message, Message::Unknown(value.clone()));
        assert_eq!(message.encode().unwrap(), value);
    }
    let broken = AttributeValue::m([("kind", s("Text"))]);
    assert_eq!(Message::decode(&broken).unwrap_err().path(), "text");
    assert!(matches!(Message::Unknown(broken).encode().unwrap_err().kind(), CodecErrorKind::KnownInFallback { .. }));
}

#[test]
fn the_rest_of_a_variant_does_not_include_the_name() {
    let stored = AttributeValue::m([("kind", s("Text")), ("text", s("hi")), ("lang", s("en"))]);
    let message = Message::decode(&stored).unwrap();
    let others: Map = [("lang", s("en"))].into_iter().collect();
    assert_eq!(message, Message::Text { text: "hi".to_owned(), others, cached: 0 });
    assert_eq!(message.encode().unwrap(), stored);
    let others: Map = [("kind", s("x"))].into_iter().collect();
    let clash = Message::Text { text: String::new(), others, cached: 0 }.encode().unwrap_err();
    assert!(matches!(clash.kind(), CodecErrorKind::TagInContent { variant: "Text" }));
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Open {
    name: String,
    #[document(rest)]
    others: Map,
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(tag = "kind")]
enum Loose {
    Open(Open),
    Flat {
        #[attribute(flatten)]
        account: Account,
        note: Option<String>,
    },
}

#[test]
fn a_value_beside_the_name_shares_its_map() {
    let others: Map = [("lang", s("en"))].into_iter().collect();
    let open = Loose::Open(Open { name: "x".to_owned(), others });
    let stored = open.encode().unwrap();
    assert_eq!(stored, AttributeValue::m([("kind", s("Open")), ("lang", s("en")), ("name", s("x"))]));
    assert_eq!(Loose::decode(&stored).unwrap(), open);
    let others: Map = [("kind", s("x"))].into_iter().collect();
    let clash = Loose::Open(Open { name: "x".to_owned(), others }).encode().unwrap_err();
    assert_eq!((clash.path(), clash.kind()), ("kind", &CodecErrorKind::TagInContent { variant: "Open" }));
    let flat = Loose::Flat { account: account(), note: None };
    let stored = flat.encode().unwrap();
    assert_eq!(stored, AttributeValue::m([("kind", s("Flat")), ("iban", s("DE02")), ("bank", n(7))]));
    assert_eq!(Loose::decode(&stored).unwrap(), flat);
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
enum Change<T> {
    Set(T),
    Cleared,
}

#[test]
fn an_enum_can_have_type_parameters() {
    round_trip(vec![Change::Set(5_u32), Change::Cleared]);
    round_trip(vec![Change::Set("x".to_owned()), Change::Cleared]);
}

async fn orders() -> Result<Database, Error> {
    let db = djamodb::connect("memory://").await?;
    db.create_table::<Order>().await?;
    for (id, payment) in (0..).zip(payments()) {
        Order::new(id, payment).save(&db).await?;
    }
    let shapes = shapes().into_iter().map(Some).enumerate();
    for (id, shape) in shapes {
        let id = 10 + u32::try_from(id).unwrap_or_default();
        let status = Status::Other("lost".to_owned());
        Order { shape, status, events: events(), ..Order::new(id, Payment::Cash) }.save(&db).await?;
    }
    Ok(db)
}

#[tokio::test]
async fn lookups_find_variants_and_what_they_hold() -> Result<(), Error> {
    let db = orders().await?;
    let scan = Order::objects().scan();
    let count = async |q| scan.filter(q).count(&db).await;
    assert_eq!(count(Order::PAYMENT.is_variant(Payment::CASH)).await?, 5);
    assert_eq!(count(Order::PAYMENT.is_variant(Payment::CARD)).await?, 2);
    assert_eq!(count(Order::PAYMENT.is_variant(Payment::VOUCHER)).await?, 2);
    assert_eq!(count(Order::PAYMENT.eq(Payment::Cash)).await?, 5);
    assert_eq!(count(Order::PAYMENT.eq(card())).await?, 1);
    assert_eq!(count(Order::PAYMENT.is_in([card(), Payment::Voucher(None)])).await?, 2);
    assert_eq!(count(Order::PAYMENT.at(Payment::CARD_CARD_NUMBER).startswith("41")).await?, 1);
    assert_eq!(count(Order::PAYMENT.at(Payment::TRANSFER_0).at(Account::BANK).gt(6)).await?, 1);
    assert_eq!(count(Order::PAYMENT.at(Payment::SPLIT_0).eq(3)).await?, 1);
    assert_eq!(count(Order::PAYMENT.at(Payment::VOUCHER_0).gte(5)).await?, 1);
    assert_eq!(count(Order::SHAPE.is_variant(Shape::CIRCLE)).await?, 1);
    assert_eq!(count(Order::SHAPE.is_variant(Shape::POINT)).await?, 1);
    assert_eq!(count(!Order::SHAPE.is_variant(Shape::POINT)).await?, 10);
    assert_eq!(count(Order::SHAPE.at(Shape::CIRCLE_RADIUS).eq(2)).await?, 1);
    assert_eq!(count(Order::SHAPE.at(Shape::SQUARE_SIDE).eq("a")).await?, 1);
    assert_eq!(count(Order::SHAPE.at(Shape::NAMED_0.at(Account::IBAN)).eq("DE02")).await?, 1);
    assert_eq!(count(Order::EVENTS.index(1).is_variant(Event::MOVED)).await?, 4);
    assert_eq!(count(Order::EVENTS.index(1).at(Event::MOVED_TO).eq(-1)).await?, 4);
    assert_eq!(count(Order::EVENTS.index(2).at(Event::RENAMED_0).eq("new")).await?, 4);
    assert_eq!(count(Order::EVENTS.index(3).at(Event::SWAPPED_1).eq(2)).await?, 4);
    assert_eq!(count(Order::EVENTS.contains(Event::Started)).await?, 4);
    Ok(())
}

#[tokio::test]
async fn edits_and_values_reach_into_variants() -> Result<(), Error> {
    let db = orders().await?;
    let mut order = Order::get_by_key(1, &db).await?;
    order.update(Order::PAYMENT.at(Payment::CARD_EXPIRES).set(30), &db).await?;
    assert_eq!(order.payment, Payment::Card { card_number: "4111".to_owned(), expires: Some(30) });
    order.update(Order::PAYMENT.at(Payment::CARD_EXPIRES).set(None), &db).await?;
    order.update(Order::PAYMENT.set(Payment::Split(1, "y".to_owned())), &db).await?;
    assert_eq!(order.payment, Payment::Split(1, "y".to_owned()));
    let numbers = Order::PAYMENT.at(Payment::CARD_CARD_NUMBER).optional();
    let numbers = Order::objects().scan().filter(Order::ID.lte(3)).values(numbers).all(&db).await?;
    assert_eq!(numbers.into_iter().flatten().collect::<Vec<_>>(), [""]);
    Ok(())
}

#[tokio::test]
async fn an_enum_with_a_fallback_is_a_key() -> Result<(), Error> {
    let db = orders().await?;
    let lost = Order::objects().set_index(Order::BY_STATUS).set_hash_key(Status::Other("lost".to_owned()));
    assert_eq!(lost.count(&db).await?, 4);
    assert_eq!(Order::objects().set_index(Order::BY_STATUS).set_hash_key(Status::Open).count(&db).await?, 7);
    let known = Order::objects().set_index(Order::BY_STATUS).set_hash_key(Status::Other("open".to_owned()));
    assert!(known.count(&db).await.unwrap_err().to_string().contains("use that variant"));
    let mut order = Order { status: Status::Other("open".to_owned()), ..Order::new(1, Payment::Cash) };
    assert!(matches!(order.save(&db).await, Err(Error::InvalidValue(_))));
    Ok(())
}

#[tokio::test]
async fn text_lookups_lead_into_variants() -> Result<(), Error> {
    let db = orders().await?;
    let scan = Order::objects().scan();
    let count = async |lookup: &str, value: &str| scan.filter_lookup(lookup, value).count(&db).await;
    assert_eq!(count("payment", "cash").await?, 5);
    assert_eq!(count("payment__Card__card_number__startswith", "4").await?, 1);
    assert_eq!(count("payment__cardPayment__exp", "27").await?, 1);
    assert_eq!(count("payment__Split[0]", "3").await?, 1);
    assert_eq!(count("payment__Transfer__bank__lt", "8").await?, 1);
    assert_eq!(count("shape__kind", "circle").await?, 1);
    assert_eq!(count("shape__area", "4").await?, 1);
    assert_eq!(count("shape__iban", "DE02").await?, 1);
    assert_eq!(count("events[1].c.to", "-1").await?, 4);
    let schema = Order::schema();
    let error = |lookup: &str, value: &str| schema.text_lookup(lookup, vec![value.to_owned()]).unwrap_err();
    assert!(matches!(error("shape__radius", "2"), TextLookupError::Ambiguous { .. }));
    assert!(matches!(error("events[3].c[1]", "2"), TextLookupError::Ambiguous { .. }));
    assert!(matches!(error("shape__kind", "sphere"), TextLookupError::InvalidValue { .. }));
    assert!(matches!(error("payment", "Transfer"), TextLookupError::InvalidValue { .. }));
    assert!(matches!(error("payment__Gold", "1"), TextLookupError::FieldDoesNotExist { .. }));
    Ok(())
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "any")]
struct Any {
    #[model(hash_key)]
    id: u32,
    value: AttributeValue,
    other: Option<AttributeValue>,
}

#[tokio::test]
async fn an_attribute_can_be_any_value() -> Result<(), Error> {
    let db = djamodb::connect("memory://").await?;
    db.create_table::<Any>().await?;
    let mut any = Any { id: 1, value: AttributeValue::l([n(1), s("x")]), other: None };
    any.save(&db).await?;
    assert_eq!(Any::get_by_key(1, &db).await?, any);
    assert_eq!(Any::objects().scan().filter(Any::VALUE.eq(any.value.clone())).count(&db).await?, 1);
    any.update(Any::OTHER.set(s("y")), &db).await?;
    let stored: Item = any.to_item()?;
    assert_eq!(stored.get("other"), Some(&s("y")));
    any.value = AttributeValue::Ns([].into());
    assert!(any.save(&db).await.unwrap_err().to_string().contains("set is empty"));
    Ok(())
}
