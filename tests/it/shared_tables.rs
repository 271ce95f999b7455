//! Models that share a table.

use djamodb::plan::{DescribeTable, PutItem};
use djamodb::prelude::*;
use djamodb::schema::TableSchema;
use djamodb::value::Item;
use djamodb::{Error, TableDefaults};

/// Has an index and a stream of its own.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", stream = new_and_old_images)]
#[model(global_index(by_email, hash_key = email, projection = keys_only))]
pub(crate) struct Customer {
    #[model(hash_key)]
    pk: String,
    #[model(range_key)]
    sk: String,
    email: String,
}

/// Has two indexes and a time to live of its own.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", time_to_live = expires)]
#[model(global_index(by_status, hash_key = status, range_key = total))]
#[model(local_index(by_total, range_key = total))]
pub(crate) struct Order {
    #[model(hash_key)]
    pk: String,
    #[model(range_key)]
    sk: String,
    status: String,
    total: u32,
    expires: Option<i64>,
}

/// Contradicts the others.
#[derive(Model, Debug)]
#[model(table = "shop", managed = false)]
#[model(global_index(by_status, hash_key = status))]
struct Invoice {
    #[model(hash_key)]
    pk: String,
    #[model(range_key)]
    sk: String,
    status: String,
}

fn customer() -> Customer {
    Customer { pk: "ada".into(), sk: "profile".into(), email: "ada@example.com".into() }
}

fn order(number: u32) -> Order {
    Order { pk: "ada".into(), sk: format!("order-{number}"), status: "open".into(), total: number, expires: None }
}

async fn described(db: &Database) -> TableSchema {
    db.run(DescribeTable::new(db.table_name::<Customer>())).await.unwrap().table.schema
}

fn index_names(table: &TableSchema) -> Vec<String> {
    let global = table.global_indexes.iter().map(|index| index.name.to_string());
    let mut names: Vec<_> = global.chain(table.local_indexes.iter().map(|index| index.name.to_string())).collect();
    names.sort();
    names
}

#[djamodb::test(models = [Customer, Order])]
async fn a_test_has_the_indexes_of_all_models_of_a_table(db: Database) {
    assert_eq!(index_names(&described(&db).await), ["by_email", "by_status", "by_total"]);
    customer().save(&db).await.unwrap();
    order(1).save(&db).await.unwrap();
    let by_email = Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key("ada@example.com");
    assert_eq!(by_email.count(&db).await.unwrap(), 1);
    let open = Order::objects().set_index(Order::BY_STATUS).set_hash_key("open");
    assert_eq!(open.all(&db).await.unwrap(), [order(1)]);
    let of_ada = Order::objects().set_index(Order::BY_TOTAL).set_hash_key("ada");
    assert_eq!(of_ada.all(&db).await.unwrap(), [order(1)]);
}

#[tokio::test]
async fn a_shared_table_is_created_and_deleted_once() {
    let defaults = TableDefaults { prefix: Some("test".into()), ..TableDefaults::default() };
    let (db, ledger) = Database::with_defaults(djamodb::MemoryDriver::new(), defaults).with_ledger();
    let models = [Customer::schema(), Order::schema(), Customer::schema()];
    assert_eq!(db.create_tables(&models).await.unwrap(), ["test-shop"]);
    // CreateTable, DescribeTable, UpdateTimeToLive.
    djamodb::assert_requests!(ledger == 3);
    assert!(described(&db).await.stream.is_some());
    assert!(db.table_exists::<Customer>().await.unwrap() && db.table_exists::<Order>().await.unwrap());

    assert_eq!(db.delete_tables(&models).await.unwrap(), ["test-shop"]);
    assert!(!db.table_exists::<Order>().await.unwrap());
}

#[tokio::test]
async fn all_tables_include_a_shared_table_once() {
    let db = djamodb::connect("memory://").await.unwrap();
    let created = db.create_all_tables().await.unwrap();
    assert_eq!(created.iter().filter(|name| **name == "shop").count(), 1);
    assert_eq!(index_names(&described(&db).await), ["by_email", "by_status", "by_total"]);
    assert_eq!(db.delete_all_tables().await.unwrap(), created);
}

#[tokio::test]
async fn models_that_contradict_each_other_are_refused_before_any_request() {
    let (db, ledger) = djamodb::connect("memory://").await.unwrap().with_ledger();
    let error = db.create_tables(&[Order::schema(), Invoice::schema()]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "models Order and Invoice declare table shop differently: the key of index `by_status` is hash key status (S), range key \
         total (N) in Order, and hash key status (S) in Invoice"
    );
    assert!(matches!(&error, Error::TableConflict(conflict) if conflict.models == ["Order", "Invoice"]), "{error:?}");
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn creating_one_model_of_an_existing_shared_table_names_the_lacking_index_and_the_others() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Order>().await.unwrap();
    for error in
        [db.create_table::<Customer>().await.unwrap_err(), db.start_create_table::<Customer>().await.unwrap_err()]
    {
        assert_eq!(
            error.to_string(),
            "table shop exists, but not as Customer declares it: it has no global index `by_email`; Invoice and Order share the table, \
             so create it for all of them in one call of create_tables; add an index to an existing table with UpdateTable"
        );
    }
    let error = db.create_table::<Order>().await.unwrap_err();
    assert!(matches!(&error, Error::Driver(error) if error.is_resource_in_use()), "nothing is lacking: {error}");
}

#[tokio::test]
async fn a_required_attribute_of_one_model_does_not_make_an_index_complete() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_tables(&[Customer::schema(), Order::schema()]).await.unwrap();
    order(1).save(&db).await.unwrap();
    // An item of a third model, without the range key `total` of the index.
    let stray = Item::new().with("pk", "eve").with("sk", "order-2").with("status", "open");
    db.run(PutItem::new("shop", stray)).await.unwrap();
    let open = Order::objects().filter(Order::STATUS.eq("open"));
    let refused = open.count(&db).await.unwrap_err().to_string();
    assert!(refused.contains("items without `total` are missing from it, but could match the lookups"), "{refused}");
    assert_eq!(open.scan().count(&db).await.unwrap(), 2);
    assert_eq!(open.filter(Order::TOTAL.gte(0)).count(&db).await.unwrap(), 1, "the lookup requires the attribute");
}
