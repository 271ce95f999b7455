//! Enums with data, in each of their stored forms.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::Model;
use djamodb_core::queryset::QuerySet;
use djamodb_derive::{AttributeType, Document, Model};

use super::prelude::*;

case!("model/variants_are_stored_with_their_name", Theme::Value, variants_are_stored_with_their_name);
case!("model/variants_are_compared_and_changed", Theme::Update, variants_are_compared_and_changed);
case!("model/unknown_variants_are_kept_by_a_fallback", Theme::Model, unknown_variants_are_kept_by_a_fallback);

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(rename_all = "snake_case", crate = "djamodb_core")]
enum Payment {
    Cash,
    Card { number: String, expires: Option<u32> },
    Transfer(Account),
    Split(u32, u32),
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(tag = "kind", crate = "djamodb_core")]
enum Delivery {
    Pickup,
    Post {
        street: String,
    },
    Bank(Account),
    #[attribute(fallback)]
    Other(AttributeValue),
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(tag = "event", content = "data", crate = "djamodb_core")]
enum Event {
    Paid,
    Moved { to: i32 },
    Renamed(String),
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
#[attribute(rename_all = "lowercase", crate = "djamodb_core")]
enum Status {
    Open,
    #[attribute(fallback)]
    Other(String),
}

#[derive(Document, Clone, PartialEq, Debug)]
#[document(crate = "djamodb_core")]
struct Account {
    iban: String,
    bank: u32,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "orders", managed = false, crate = "djamodb_core")]
#[model(global_index(by_status, hash_key = status))]
struct Order {
    #[model(hash_key)]
    id: u32,
    status: Status,
    payment: Payment,
    delivery: Option<Delivery>,
    #[model(default)]
    events: Vec<Event>,
}

fn account() -> Account {
    Account { iban: "DE02".to_owned(), bank: 7 }
}

fn orders() -> Vec<Order> {
    let order = |id, status, payment, delivery, events| Order { id, status, payment, delivery, events };
    let card = Payment::Card { number: "4111".to_owned(), expires: Some(27) };
    let post = Delivery::Post { street: "Main".to_owned() };
    vec![
        order(1, Status::Open, Payment::Cash, Some(Delivery::Pickup), vec![]),
        order(2, Status::Open, card, Some(post), vec![Event::Paid, Event::Moved { to: -1 }]),
        order(
            3,
            Status::Other("lost".to_owned()),
            Payment::Transfer(account()),
            Some(Delivery::Bank(account())),
            vec![],
        ),
        order(4, Status::Open, Payment::Split(1, 2), None, vec![Event::Renamed("x".to_owned())]),
    ]
}

async fn stored(cx: &Context) -> Result<(Database, QuerySet<Order>), Failure> {
    let db = cx.db().clone();
    db.create_table::<Order>().await?;
    for mut order in orders() {
        order.create(&db).await?;
    }
    Ok((db, Order::objects().scan()))
}

/// Fails if a variant is stored in another form, or read as another one.
async fn variants_are_stored_with_their_name(cx: Context) -> CaseResult {
    let (db, _) = stored(&cx).await?;
    let (s, n) = (|text: &str| AttributeValue::s(text), |number: i32| AttributeValue::n(number));
    let card = AttributeValue::m([("number", s("4111")), ("expires", n(27))]);
    let post = AttributeValue::m([("kind", s("Post")), ("street", s("Main"))]);
    let moved = AttributeValue::m([("event", s("Moved")), ("data", AttributeValue::m([("to", n(-1))]))]);
    let expected = Item::new()
        .with("id", 2)
        .with("status", "open")
        .with("payment", AttributeValue::m([("card", card)]))
        .with("delivery", post)
        .with("events", AttributeValue::l([AttributeValue::m([("event", s("Paid"))]), moved]));
    let read = GetItem::new(db.table_name::<Order>(), Item::new().with("id", 2));
    ensure_eq("item", db.run(read).await?.item, Some(expected))?;
    for order in orders() {
        ensure_eq("order", Order::get_by_key(order.id, &db).await?, order)?;
    }
    Ok(())
}

/// Fails if a lookup or an edit of a variant, or of a value in one, concerns other items.
async fn variants_are_compared_and_changed(cx: Context) -> CaseResult {
    let (db, scan) = stored(&cx).await?;
    for (lookup, expected) in [
        (Order::PAYMENT.is_variant(Payment::CASH), vec![1]),
        (Order::PAYMENT.is_variant(Payment::CARD), vec![2]),
        (!Order::PAYMENT.is_variant(Payment::CARD), vec![1, 3, 4]),
        (Order::PAYMENT.eq(Payment::Split(1, 2)), vec![4]),
        (Order::PAYMENT.at(Payment::CARD_NUMBER).startswith("41"), vec![2]),
        (Order::PAYMENT.at(Payment::TRANSFER_0).at(Account::BANK).gt(6), vec![3]),
        (Order::PAYMENT.at(Payment::SPLIT_1).eq(2), vec![4]),
        (Order::DELIVERY.is_variant(Delivery::POST), vec![2]),
        (Order::DELIVERY.at(Delivery::POST_STREET).eq("Main"), vec![2]),
        (Order::EVENTS.index(1).is_variant(Event::MOVED), vec![2]),
        (Order::EVENTS.index(1).at(Event::MOVED_TO).lt(0), vec![2]),
        (Order::EVENTS.index(0).at(Event::RENAMED_0).eq("x"), vec![4]),
        (Order::EVENTS.contains(Event::Paid), vec![2]),
    ] {
        let name = format!("{lookup:?}");
        let mut found: Vec<u32> = scan.filter(lookup).values(Order::ID).all(&db).await?;
        found.sort_unstable();
        ensure_eq(name, found, expected)?;
    }
    let mut order = Order::get_by_key(2, &db).await?;
    let edits = (Order::PAYMENT.at(Payment::CARD_EXPIRES).add(1), Order::DELIVERY.set(Delivery::Pickup));
    order.update(edits, &db).await?;
    ensure_eq("payment", &order.payment, &Payment::Card { number: "4111".to_owned(), expires: Some(28) })?;
    ensure_eq("delivery", order.delivery, Some(Delivery::Pickup))
}

/// Fails if a value that the enum does not know is lost, or not found by its index.
async fn unknown_variants_are_kept_by_a_fallback(cx: Context) -> CaseResult {
    let (db, _) = stored(&cx).await?;
    let order = orders().swap_remove(0);
    let drone = AttributeValue::m([("kind", AttributeValue::s("Drone")), ("height", AttributeValue::n(80))]);
    let item = order.to_item()?.with("id", 9).with("status", "sent").with("delivery", drone.clone());
    db.run(PutItem::new(db.table_name::<Order>(), item.clone())).await?;
    let mut read = Order::get_by_key(9, &db).await?;
    ensure_eq("delivery", &read.delivery, &Some(Delivery::Other(drone)))?;
    read.save(&db).await?;
    let key = Item::new().with("id", 9);
    ensure_eq("item", db.run(GetItem::new(db.table_name::<Order>(), key)).await?.item, Some(item))?;
    let sent = Order::objects().set_index(Order::BY_STATUS).set_hash_key(Status::Other("sent".to_owned()));
    ensure_eq("sent orders", sent.all(&db).await?, vec![read])
}
