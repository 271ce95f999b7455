//! Keys that are composed of fields, and several models in one table.

use djamodb::model::{CodecErrorKind, InvalidEdit};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, MemoryDriver, Transaction};

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_shop", discriminator = "type")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
#[model(global_index(by_email, name = "gsi1", hash_key(gsi1pk = "EMAIL#{email}"), range_key(gsi1sk = "CUSTOMER")))]
struct Customer {
    #[allow(clippy::struct_field_names, reason = "the part of a key has the name that it has in other models")]
    customer: Uuid,
    email: Option<String>,
    name: String,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_shop", discriminator = "type")]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{placed_at}#{number:08}"))]
#[model(global_index(
    by_status,
    name = "gsi1",
    hash_key(gsi1pk = "STATUS#{status}"),
    range_key(gsi1sk = "{placed_at}")
))]
struct Order {
    customer: Uuid,
    placed_at: DateTime<Utc>,
    number: u32,
    status: Status,
    total: u32,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_shop", discriminator = "type", discriminator_value = "line")]
#[model(hash_key(pk = "ORDER#{number:08}"), range_key(sk = "LINE#{article:escaped}#{position:03}"))]
struct Line {
    number: u32,
    article: String,
    position: u32,
    count: u32,
}

#[derive(AttributeType, Clone, Copy, PartialEq, Eq, Debug)]
#[attribute(rename_all = "lowercase")]
enum Status {
    Open,
    Paid,
}

const ANN: Uuid = Uuid::from_u128(1);
const BOB: Uuid = Uuid::from_u128(2);

fn day(day: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::from(day) * 86_400, 0).unwrap()
}

fn order(customer: Uuid, placed: u32, number: u32) -> Order {
    let status = if number.is_multiple_of(2) { Status::Paid } else { Status::Open };
    Order { customer, placed_at: day(placed), number, status, total: number * 10 }
}

fn customer(customer: Uuid, name: &str) -> Customer {
    Customer { customer, email: Some(format!("{name}@example.org")), name: name.to_owned() }
}

fn line(number: u32, article: &str, position: u32) -> Line {
    Line { number, article: article.to_owned(), position, count: 1 }
}

async fn shop() -> Result<Database, Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_tables(&[Customer::schema(), Order::schema(), Line::schema()]).await?;
    for mut customer in [customer(ANN, "ann"), customer(BOB, "bob")] {
        customer.create(&db).await?;
    }
    for (owner, placed, number) in [(ANN, 1, 1), (ANN, 2, 2), (ANN, 2, 3), (ANN, 9, 4), (BOB, 3, 5)] {
        order(owner, placed, number).create(&db).await?;
    }
    for mut line in [line(1, "a#b", 1), line(1, "a#b", 2), line(1, "a", 1), line(1, "ab", 1)] {
        line.create(&db).await?;
    }
    Ok(db)
}

fn numbers(orders: Vec<Order>) -> Vec<u32> {
    orders.into_iter().map(|order| order.number).collect()
}

#[test]
fn keys_and_the_discriminator_are_composed_when_an_item_is_written() {
    let item = order(ANN, 2, 3).to_item().unwrap();
    let text = |name: &str| item.get(name).and_then(AttributeValue::as_s).map(str::to_owned).unwrap_or_default();
    assert_eq!(text("pk"), "CUSTOMER#00000000-0000-0000-0000-000000000001");
    assert_eq!(text("sk"), "ORDER#1970-01-03T00:00:00.000000+0000#00000003");
    assert_eq!((text("gsi1pk"), text("gsi1sk")), ("STATUS#open".to_owned(), text("placed_at")));
    assert_eq!(text("type"), "Order");
    assert_eq!(Order::from_item(&item).unwrap(), order(ANN, 2, 3));
    let without_email = Customer { email: None, ..customer(ANN, "ann") };
    assert_eq!(without_email.to_item().unwrap().get("gsi1pk"), None);
    let key = Item::new().with("pk", "ORDER#00000001").with("sk", "LINE#a%23b#001");
    assert_eq!(line(1, "a#b", 1).key().unwrap(), key);
}

#[test]
fn an_item_is_read_only_with_its_own_key() {
    let item = order(ANN, 2, 3).to_item().unwrap();
    let error = Order::from_item(&item.clone().with("number", 4)).unwrap_err();
    assert_eq!(error.path(), "sk");
    assert!(matches!(error.kind(), CodecErrorKind::KeyNotCanonical { .. }), "{error}");
    let error = Order::from_item(&item.clone().with("sk", "PROFILE")).unwrap_err();
    assert!(error.to_string().contains("composed as ORDER#{placed_at}#{number:08}"), "{error}");
    let error = Order::from_item(&customer(ANN, "ann").to_item().unwrap()).unwrap_err();
    assert_eq!(error.path(), "type");
    assert!(matches!(error.kind(), CodecErrorKind::OtherModel { model: "Order", .. }), "{error}");
    // The parts that an item lacks are those of its key.
    let mut keys_only = item;
    for part in ["customer", "placed_at", "number"] {
        keys_only.remove(part);
    }
    assert_eq!(Order::from_item(&keys_only).unwrap(), order(ANN, 2, 3));
}

#[test]
fn parts_without_a_place_in_the_key_are_refused() {
    let error = line(100_000_000, "a", 1).to_item().unwrap_err();
    assert_eq!(error.path(), "number");
    assert!(error.to_string().contains("8 digits"), "{error}");
}

#[tokio::test]
async fn lookups_on_parts_are_key_conditions() -> Result<(), Error> {
    let db = shop().await?;
    let ann = Order::objects().set_hash_key(ANN);
    assert_eq!(numbers(ann.all(&db).await?), [1, 2, 3, 4]);
    assert_eq!(numbers(Order::objects().filter(Order::CUSTOMER.eq(BOB)).all(&db).await?), [5]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.gte(day(2))).all(&db).await?), [2, 3, 4]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.gt(day(2))).all(&db).await?), [4]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.lte(day(2))).all(&db).await?), [1, 2, 3]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.lt(day(2))).all(&db).await?), [1]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.between(day(2), day(5))).all(&db).await?), [2, 3]);
    assert_eq!(numbers(ann.filter(Order::PLACED_AT.eq(day(2)) & Order::NUMBER.gt(2)).all(&db).await?), [3]);
    assert_eq!(numbers(ann.filter(Order::NUMBER.gt(2)).all(&db).await?), [3, 4]);
    assert_eq!(ann.filter(Order::PLACED_AT.eq(day(2)) & Order::NUMBER.eq(3)).get(&db).await?, order(ANN, 2, 3));
    assert_eq!(numbers(ann.order_by(Order::PLACED_AT.desc()).all(&db).await?), [4, 3, 2, 1]);
    assert_eq!(ann.latest(Order::PLACED_AT, &db).await?.number, 4);
    let either = Order::objects().filter(Order::CUSTOMER.is_in([ANN, BOB])).filter(Order::PLACED_AT.gte(day(3)));
    assert_eq!(numbers(either.all(&db).await?), [4, 5]);
    let lines = Line::objects().set_hash_key(1);
    assert_eq!(lines.filter(Line::ARTICLE.eq("a#b")).count(&db).await?, 2);
    assert_eq!(lines.filter(Line::ARTICLE.startswith("a")).count(&db).await?, 4);
    assert_eq!(lines.filter(Line::ARTICLE.startswith("a#")).count(&db).await?, 2);
    assert_eq!(lines.filter(Line::ARTICLE.gt("a")).count(&db).await?, 3);
    Ok(())
}

#[test]
fn explain_shows_the_key_condition() -> Result<(), PlanError> {
    let ann = Order::objects().set_hash_key(ANN);
    let plan = |queryset: QuerySet<Order>| queryset.explain().map(|explain| explain.plan.to_string());
    let pk = "pk = \"CUSTOMER#00000000-0000-0000-0000-000000000001\"";
    assert_eq!(
        plan(ann.clone())?,
        format!("Query composed_shop; key condition: {pk} AND begins_with(sk, \"ORDER#\"); ascending\n")
    );
    let since = plan(ann.filter(Order::PLACED_AT.gte(day(2))))?;
    assert_eq!(
        since,
        format!(
            "Query composed_shop; key condition: {pk} AND sk BETWEEN \"ORDER#1970-01-03T00:00:00.000000+0000\" AND \"ORDER#\\u{{10ffff}}\"; \
             ascending\n"
        )
    );
    let one = plan(ann.filter(Order::PLACED_AT.eq(day(2)) & Order::NUMBER.eq(3)))?;
    assert!(one.starts_with("GetItem composed_shop"), "{one}");
    let status = plan(Order::objects().filter(Order::STATUS.eq(Status::Open)))?;
    assert!(status.contains("index: gsi1") && status.contains("gsi1pk = \"STATUS#open\""), "{status}");
    let number = plan(ann.filter(Order::NUMBER.eq(3)))?;
    assert!(number.contains("filter: number = 3"), "{number}");
    let scan = Order::objects().scan().explain()?.plan.to_string();
    assert!(scan.contains("type = \"Order\""), "{scan}");
    Ok(())
}

#[tokio::test]
async fn the_items_of_one_model_are_read_from_a_shared_table() -> Result<(), Error> {
    let db = shop().await?;
    assert_eq!(Customer::objects().scan().count(&db).await?, 2);
    assert_eq!(Order::objects().scan().count(&db).await?, 5);
    assert_eq!(Line::objects().scan().count(&db).await?, 4);
    let ann = Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key("ann@example.org");
    assert_eq!(ann.get(&db).await?, customer(ANN, "ann"));
    let open = Order::objects().set_index(Order::BY_STATUS).set_hash_key(Status::Open);
    assert_eq!(numbers(open.filter(Order::PLACED_AT.gte(day(2))).all(&db).await?), [3, 5]);
    Ok(())
}

#[tokio::test]
async fn items_are_named_by_the_parts_of_their_keys() -> Result<(), Error> {
    let db = shop().await?;
    assert_eq!(Order::get_by_key((ANN, day(2), 3), &db).await?, order(ANN, 2, 3));
    assert_eq!(Customer::get_by_key(ANN, &db).await?.name, "ann");
    let found = Order::objects().in_bulk([(ANN, day(2), 3), (ANN, day(2), 7)], &db).await?;
    assert_eq!(found.len(), 1);
    let mut third = order(ANN, 2, 3);
    third.refresh(&db).await?;
    third.total = 1;
    third.save(&db).await?;
    assert_eq!(Order::get_by_key((ANN, day(2), 3), &db).await?.total, 1);
    third.delete(&db).await?;
    assert!(!Order::objects().set_hash_key(ANN).contains(&third, &db).await?);
    assert_eq!(Order::objects().set_hash_key(ANN).delete(&db).await?, 3);
    assert_eq!(Customer::objects().scan().count(&db).await?, 2, "the profile is no order");
    Ok(())
}

#[tokio::test]
async fn edits_of_parts_move_an_item_within_its_index() -> Result<(), Error> {
    let db = shop().await?;
    let mut ann = Customer::get_by_key(ANN, &db).await?;
    ann.update(Customer::EMAIL.set("new@example.org"), &db).await?;
    let by_email = |email: &str| Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key(email);
    assert_eq!(by_email("new@example.org").count(&db).await?, 1);
    assert_eq!(by_email("ann@example.org").count(&db).await?, 0);
    ann.update(Customer::EMAIL.set(None), &db).await?;
    assert_eq!(by_email("new@example.org").count(&db).await?, 0);
    assert_eq!(Customer::get_by_key(ANN, &db).await?, Customer { email: None, ..customer(ANN, "ann") });
    let error = ann.update(Customer::EMAIL.set_if_not_exists("x"), &db).await.unwrap_err();
    let Error::Plan(PlanError::Edit { error: InvalidEdit::KeyPart { key, .. }, .. }) = &error else {
        panic!("{error}")
    };
    assert_eq!(key.as_str(), "gsi1pk");
    Ok(())
}

#[tokio::test]
async fn pages_of_a_shared_table_continue() -> Result<(), Error> {
    let db = shop().await?;
    let ann = Order::objects().set_hash_key(ANN).set_limit(2);
    let first = ann.page(&db).await?;
    assert_eq!(numbers(first.items), [1, 2]);
    let second = ann.set_last_evaluated_key(first.last_evaluated_key).page(&db).await?;
    assert_eq!(numbers(second.items), [3, 4]);
    Ok(())
}

/// One item in the table.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_shop", hash_key(pk = "SETTINGS"), range_key(sk = "SETTINGS"))]
struct Settings {
    open: bool,
}

#[tokio::test]
async fn a_key_can_be_literal_text_alone() -> Result<(), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Settings>().await?;
    Settings { open: true }.save(&db).await?;
    assert_eq!(Settings::objects().get(&db).await?, Settings { open: true });
    assert_eq!(Settings::get_by_key((), &db).await?, Settings { open: true });
    assert!(Settings::objects().explain()?.plan.to_string().starts_with("GetItem composed_shop"));
    Ok(())
}

#[test]
fn a_missing_hash_key_is_refused_with_the_name_of_its_part() {
    let error = Order::objects().filter(Order::NUMBER.eq(1)).explain().unwrap_err();
    assert!(matches!(&error, PlanError::WouldScan { attribute, .. } if attribute.as_str() == "customer"), "{error}");
    let reasons = Order::objects().filter(Order::STATUS.eq(Status::Open)).explain().unwrap().to_string();
    assert!(reasons.contains("no lookup names its hash key `customer`"), "{reasons}");
}

#[derive(Collection, PartialEq, Debug)]
struct Account {
    customer: Customer,
    orders: Vec<Order>,
}

#[derive(Collection, PartialEq, Debug)]
struct MaybeAccount {
    customer: Option<Customer>,
    order: Option<Order>,
}

#[derive(Collection, PartialEq, Debug)]
enum Entry {
    Customer(Customer),
    Order(Order),
}

#[derive(Collection, PartialEq, Debug)]
struct Mixed {
    customer: Customer,
    lines: Vec<Line>,
}

#[tokio::test]
async fn a_collection_is_read_in_one_query() -> Result<(), Error> {
    let (db, ledger) = shop().await?.with_ledger();
    let account = Account::objects().set_hash_key(ANN).get(&db).await?;
    assert_eq!(account.customer, customer(ANN, "ann"));
    assert_eq!(numbers(account.orders), [1, 2, 3, 4]);
    djamodb::assert_requests!(ledger == 1);
    let plan = Account::objects().set_hash_key(ANN).explain()?.plan.to_string();
    assert!(plan.contains("key condition: pk = ") && plan.contains("type IN"), "{plan}");
    let missing = Account::objects().set_hash_key(Uuid::nil()).get(&db).await.unwrap_err();
    assert!(missing.is_object_does_not_exist(), "{missing}");
    let empty = MaybeAccount::objects().set_hash_key(Uuid::nil()).get(&db).await?;
    assert_eq!(empty, MaybeAccount { customer: None, order: None });
    let several = MaybeAccount::objects().set_hash_key(ANN).get(&db).await.unwrap_err();
    assert!(several.to_string().contains("Order"), "{several}");
    let mixed = Mixed::objects().set_hash_key(ANN).get(&db).await.unwrap_err();
    assert!(
        matches!(mixed, Error::Plan(PlanError::CollectionMembers { first: "Customer", second: "Line" })),
        "{mixed}"
    );
    Ok(())
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_notes", managed = false, hash_key(pk = "NOTE#{owner}"), range_key(sk = "{id}"))]
struct Note {
    owner: String,
    id: String,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_notes", managed = false, hash_key(pk = "NOTE#{owner}"), range_key(sk = "DRAFT#{id}"))]
struct Draft {
    owner: String,
    id: String,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_notes", managed = false, hash_key(pk = "NOTE#{owner}"), range_key(sk = "FINAL#{id}"))]
struct Final {
    owner: String,
    id: String,
}

#[derive(Collection, PartialEq, Debug)]
struct AlikeNotes {
    drafts: Vec<Draft>,
    notes: Vec<Note>,
}

#[derive(Collection, PartialEq, Debug)]
struct DistinguishedNotes {
    drafts: Vec<Draft>,
    finals: Vec<Final>,
}

#[tokio::test]
async fn models_that_nothing_distinguishes_are_not_read_as_one_collection() -> Result<(), Error> {
    let error = AlikeNotes::objects().set_hash_key("ann").explain().unwrap_err();
    assert!(matches!(error, PlanError::AlikeMembers { first: "Draft", second: "Note" }), "{error}");
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Draft>().await?;
    let draft = Draft { owner: "ann".to_owned(), id: "1".to_owned() };
    draft.clone().create(&db).await?;
    let notes = DistinguishedNotes::objects().set_hash_key("ann").get(&db).await?;
    assert_eq!(notes, DistinguishedNotes { drafts: vec![draft], finals: Vec::new() });
    Ok(())
}

#[tokio::test]
async fn rows_are_items_of_several_models() -> Result<(), Error> {
    let db = shop().await?;
    let entries = Entry::objects().set_hash_key(BOB);
    assert_eq!(entries.all(&db).await?, [Entry::Order(order(BOB, 3, 5)), Entry::Customer(customer(BOB, "bob"))]);
    assert_eq!(entries.last(&db).await?, Some(Entry::Customer(customer(BOB, "bob"))));
    assert_eq!(Entry::objects().scan().count(&db).await?, 7);
    let page = Entry::objects().set_hash_key(ANN).set_limit(3).page(&db).await?;
    assert_eq!(page.items.len(), 3);
    let rest = Entry::objects().set_hash_key(ANN).set_last_evaluated_key(page.last_evaluated_key).all(&db).await?;
    assert_eq!(rest.len(), 2);
    Ok(())
}

/// A task, whose index has keys of several parts, one of them also a part of the table's key.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "composed_tasks", managed = false, hash_key(pk = "TEAM#{team}"), range_key(sk = "{title}"))]
#[model(global_index(by_state, hash_key(gsi = "{state}#{priority:02}"), range_key(gsi_range = "{title}#{owner}")))]
#[model(global_index(by_owner, hash_key(owner_key = "OWNER#{owner}")))]
struct Task {
    team: String,
    title: String,
    state: String,
    priority: u8,
    owner: Option<String>,
}

fn task(title: &str) -> Task {
    let owned = |text: &str| text.to_owned();
    Task { team: owned("a"), title: owned(title), state: owned("open"), priority: 5, owner: Some(owned("ann")) }
}

async fn tasks() -> Result<Database, Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Task>().await?;
    for title in ["paint", "print"] {
        task(title).create(&db).await?;
    }
    Ok(db)
}

#[test]
fn a_missing_hash_key_is_refused_with_the_index_whose_parts_are_named() {
    let by_state = Task::objects().set_index(Task::BY_STATE);
    let nearest = |lookup| match by_state.filter(lookup).explain().unwrap_err() {
        PlanError::WouldScan { nearest, .. } => nearest.map(|nearest| nearest.index.to_string()),
        other => panic!("{other}"),
    };
    assert_eq!(nearest(Task::OWNER.eq("ann")).as_deref(), Some("by_owner"));
    assert_eq!(nearest(Task::TITLE.eq("paint")), None);
}

/// Returns the titles and owners of the tasks in a partition of the index.
async fn by_state(state: &str, priority: u8, db: &Database) -> Result<Vec<(String, Option<String>)>, Error> {
    let tasks = Task::objects().set_index(Task::BY_STATE).set_hash_key((state, priority));
    tasks.values((Task::TITLE, Task::OWNER)).all(db).await
}

#[tokio::test]
async fn bulk_update_composes_index_keys_from_the_parts_of_each_value() -> Result<(), Error> {
    let db = tasks().await?;
    let mut values = [Task { owner: Some("bob".into()), ..task("paint") }, Task { owner: None, ..task("print") }];
    let report = Task::objects().bulk_update(&mut values, Task::OWNER, &db).await?;
    assert_eq!(report.written.len(), 2);
    assert_eq!(
        by_state("open", 5, &db).await?,
        [("paint".into(), Some("bob".into()))],
        "without an owner there is no key"
    );
    values[0].state = "done".into();
    Task::objects().bulk_update(&mut values[..1], Task::STATE, &db).await?;
    assert_eq!(by_state("done", 5, &db).await?, [("paint".into(), Some("bob".into()))]);
    assert_eq!(by_state("open", 5, &db).await?, []);
    Ok(())
}

#[tokio::test]
async fn an_index_key_is_written_with_all_its_parts_though_another_writer_changed_one() -> Result<(), Error> {
    for in_transaction in [false, true] {
        let db = tasks().await?;
        let mut tracked = task("paint").tracked();
        task("paint").update(Task::STATE.set("done") & Task::PRIORITY.set(1), &db).await?;
        tracked.priority = 7;
        assert_eq!(tracked.changed()?, ["gsi", "priority"]);
        if in_transaction {
            let mut transaction = Transaction::new();
            transaction.save_changes(&mut tracked);
            transaction.run(&db).await?;
        } else {
            tracked.save_changes(&db).await?;
        }
        let mut stored = task("paint");
        stored.refresh(&db).await?;
        assert_eq!(stored, Task { priority: 7, ..task("paint") });
        assert_eq!(by_state("open", 7, &db).await?, [("paint".into(), Some("ann".into()))]);
        assert_eq!(by_state("done", 1, &db).await?, []);
    }
    Ok(())
}
