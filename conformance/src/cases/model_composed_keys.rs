//! Keys that are composed of fields, and several models in one table.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::queryset::{Collection as _, CollectionItem as _, QuerySet};
use djamodb_derive::{Collection, Model};

use super::prelude::*;

case!("model/collections_are_read_in_one_query", Theme::Model, collections_are_read_in_one_query);
case!("model/composed_keys_are_stored_with_their_parts", Theme::Model, composed_keys_are_stored_with_their_parts);
case!("model/lookups_on_parts_are_key_conditions", Theme::Index, lookups_on_parts_are_key_conditions);
case!("model/models_of_one_table_are_distinguished", Theme::Model, models_of_one_table_are_distinguished);
case!("model/edits_of_parts_change_the_key_of_an_index", Theme::Update, edits_of_parts_change_the_key_of_an_index);

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "shop", managed = false, discriminator = "type", crate = "djamodb_core")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
#[model(global_index(by_email, name = "gsi1", hash_key(gsi1pk = "EMAIL#{email}"), range_key(gsi1sk = "CUSTOMER")))]
struct Customer {
    customer: u32,
    email: Option<String>,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "shop", managed = false, discriminator = "type", crate = "djamodb_core")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{region}#{day:03}#{number:05}"))]
#[model(global_index(by_state, name = "gsi1", hash_key(gsi1pk = "STATE#{state}"), range_key(gsi1sk = "{day:03}")))]
struct Order {
    customer: u32,
    region: String,
    day: u16,
    number: u32,
    state: String,
}

#[derive(Collection, PartialEq, Debug)]
#[collection(crate = "djamodb_core")]
struct Account {
    customer: Customer,
    orders: Vec<Order>,
}

#[derive(Collection, PartialEq, Debug)]
#[collection(crate = "djamodb_core")]
enum Entry {
    Customer(Customer),
    Order(Order),
}

fn order(customer: u32, region: &str, day: u16, number: u32) -> Order {
    let state = if number.is_multiple_of(2) { "paid" } else { "open" };
    Order { customer, region: region.to_owned(), day, number, state: state.to_owned() }
}

async fn shop(cx: &Context) -> Result<(Database, QuerySet<Order>), Failure> {
    let db = cx.db().clone();
    db.create_tables(&[
        <Customer as djamodb_core::model::Model>::schema(),
        <Order as djamodb_core::model::Model>::schema(),
    ])
    .await?;
    for customer in [1, 2] {
        Customer { customer, email: Some(format!("{customer}@example.org")) }.create(&db).await?;
    }
    for (customer, region, day, number) in
        [(1, "a", 1, 1), (1, "a", 2, 2), (1, "a", 2, 3), (1, "a!", 1, 4), (1, "b", 9, 5), (2, "a", 3, 6)]
    {
        order(customer, region, day, number).create(&db).await?;
    }
    Ok((db, Order::objects().set_hash_key(1)))
}

/// Fails if a key is composed in another way, or an item is not found by its parts.
async fn composed_keys_are_stored_with_their_parts(cx: Context) -> CaseResult {
    let (db, _) = shop(&cx).await?;
    let key = Item::new().with("pk", "CUSTOMER#1").with("sk", "ORDER#a#002#00003");
    let item = db.run(GetItem::new(db.table_name::<Order>(), key.clone())).await?.item;
    let expected = key
        .with("gsi1pk", "STATE#open")
        .with("gsi1sk", "002")
        .with("type", "Order")
        .with("customer", 1)
        .with("region", "a")
        .with("day", 2)
        .with("number", 3)
        .with("state", "open");
    ensure_eq("item", item, Some(expected))?;
    let mut third = Order::get_by_key((1, "a", 2, 3), &db).await?;
    ensure_eq("order", &third, &order(1, "a", 2, 3))?;
    third.refresh(&db).await?;
    third.delete(&db).await?;
    ensure_eq("orders", Order::objects().set_hash_key(1).count(&db).await?, 4)
}

/// Fails if a lookup on a part of a key selects other items, or in another order.
async fn lookups_on_parts_are_key_conditions(cx: Context) -> CaseResult {
    let (db, first) = shop(&cx).await?;
    for (lookup, expected) in [
        (Order::REGION.eq("a"), vec![1, 2, 3]),
        (Order::REGION.gt("a"), vec![4, 5]),
        (Order::REGION.lte("a!"), vec![4, 1, 2, 3]),
        (Order::REGION.startswith("a"), vec![4, 1, 2, 3]),
        (Order::REGION.eq("a") & Order::DAY.gte(2), vec![2, 3]),
        (Order::REGION.eq("a") & Order::DAY.gt(1) & Order::DAY.lt(3), vec![2, 3]),
        (Order::REGION.eq("a") & Order::DAY.lt(2), vec![1]),
        (Order::REGION.eq("a") & Order::DAY.eq(2) & Order::NUMBER.between(3, 9), vec![3]),
        (Order::REGION.eq("a") & Order::DAY.eq(2) & Order::NUMBER.is_in([2, 3, 7]), vec![2, 3]),
        (Order::NUMBER.gte(4), vec![4, 5]),
        (Order::REGION.eq("a#"), vec![]),
    ] {
        let name = format!("{lookup:?}");
        let numbers = first.filter(lookup).values(Order::NUMBER);
        ensure_eq(name, numbers.all(&db).await?, expected)?;
    }
    let since = first.filter(Order::REGION.eq("a")).filter(Order::DAY.gte(2));
    let plan = since.explain()?.plan.to_string();
    let is_key_condition = plan.contains("BETWEEN") && !plan.contains("filter") && !plan.contains("residual");
    ensure(format!("a key condition, not {plan}"), is_key_condition)?;
    let page = since.set_limit(1).page(&db).await?;
    let next = since.set_limit(1).set_last_evaluated_key(page.last_evaluated_key).page(&db).await?;
    ensure_eq("second page", next.items, vec![order(1, "a", 2, 3)])
}

/// Fails if an item is read as one of another model.
async fn models_of_one_table_are_distinguished(cx: Context) -> CaseResult {
    let (db, orders) = shop(&cx).await?;
    ensure_eq("customers", Customer::objects().scan().count(&db).await?, 2)?;
    ensure_eq("orders", Order::objects().scan().count(&db).await?, 6)?;
    let by_email = Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key("1@example.org");
    ensure_eq("customer", by_email.get(&db).await?.customer, 1)?;
    let open = Order::objects().set_index(Order::BY_STATE).set_hash_key("open").filter(Order::DAY.gte(2));
    ensure_eq("open orders", open.values(Order::NUMBER).all(&db).await?, vec![3, 5])?;
    ensure_eq("deleted", orders.delete(&db).await?, 5)?;
    ensure_eq("customer", Customer::get_by_key(1, &db).await?.customer, 1)
}

/// Fails if an edit leaves an item at another key of an index than its parts compose.
async fn edits_of_parts_change_the_key_of_an_index(cx: Context) -> CaseResult {
    let (db, _) = shop(&cx).await?;
    let mut customer = Customer::get_by_key(1, &db).await?;
    customer.update(Customer::EMAIL.set("new@example.org"), &db).await?;
    let by_email = |email: &str| Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key(email);
    ensure_eq("new", by_email("new@example.org").count(&db).await?, 1)?;
    ensure_eq("old", by_email("1@example.org").count(&db).await?, 0)?;
    customer.update(Customer::EMAIL.set(None), &db).await?;
    ensure_eq("removed", by_email("new@example.org").count(&db).await?, 0)
}

/// Fails if an item of a collection is lost, of another model, or in another place.
async fn collections_are_read_in_one_query(cx: Context) -> CaseResult {
    let (db, _) = shop(&cx).await?;
    let (db, ledger) = db.with_ledger();
    let account = Account::objects().set_hash_key(1).get(&db).await?;
    ensure_eq("customer", account.customer.customer, 1)?;
    let numbers: Vec<_> = account.orders.iter().map(|order| order.number).collect();
    ensure_eq("orders", numbers, vec![4, 1, 2, 3, 5])?;
    ensure_eq("requests", ledger.requests(), 1)?;
    let entries = Entry::objects().set_hash_key(2).reverse().all(&db).await?;
    let profile = Customer { customer: 2, email: Some("2@example.org".to_owned()) };
    ensure_eq("entries", entries, vec![Entry::Customer(profile), Entry::Order(order(2, "a", 3, 6))])
}
