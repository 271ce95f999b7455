//! Transactions over models.

use djamodb::driver::CancellationCode;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::{Error, MemoryDriver, TableDefaults, Transaction};
use expect_test::expect;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "accounts", managed = false)]
struct Account {
    #[model(hash_key)]
    id: String,
    #[model(rename = "Balance")]
    balance: i64,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "transfers", managed = false)]
struct Transfer {
    #[model(hash_key)]
    account: String,
    #[model(range_key)]
    number: u32,
    #[model(default)]
    note: String,
}

fn account(id: &str, balance: i64) -> Account {
    Account { id: id.to_owned(), balance }
}

fn transfer(account: &str, number: u32) -> Transfer {
    Transfer { account: account.to_owned(), number, note: String::new() }
}

/// Returns a database whose tables have a prefix, with the accounts of Ada, who has 50, and Bob, who has nothing.
async fn database() -> Database {
    let defaults = TableDefaults { prefix: Some("test".into()), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Account>().await.unwrap();
    db.create_table::<Transfer>().await.unwrap();
    account("ada", 50).save(&db).await.unwrap();
    account("bob", 0).save(&db).await.unwrap();
    db
}

/// Returns the transaction that moves an amount from Ada to Bob and records it.
fn moving(amount: i64) -> Transaction<'static> {
    let mut moving = Transaction::new();
    moving.update(&account("ada", 0), Account::BALANCE.add(-amount)).condition(Account::BALANCE.gte(amount));
    moving.update(Account::item_key("bob"), Account::BALANCE.add(amount));
    moving.create(&transfer("ada", 1));
    moving
}

async fn balances(db: &Database) -> [i64; 2] {
    let accounts = Transaction::get([Account::item_key("ada"), Account::item_key("bob")], db).await.unwrap();
    [0, 1].map(|at| accounts[at].as_ref().unwrap().balance)
}

fn canceled(error: Error) -> djamodb::error::TransactionCanceled {
    match error {
        Error::TransactionCanceled(canceled) => *canceled,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_actions_are_carried_out_in_the_tables_and_attributes_of_the_models() {
    let (db, ledger) = database().await.with_ledger();
    moving(30).run(&db).await.unwrap();
    djamodb::assert_requests!(ledger == 1);
    djamodb::assert_write_units!(ledger == 6.0);
    assert_eq!(balances(&db).await, [20, 30]);
    assert_eq!(Transfer::get_by_key(("ada", 1), &db).await.unwrap(), transfer("ada", 1));
}

#[tokio::test]
async fn a_cancellation_writes_nothing_and_names_each_reason() {
    let db = database().await;
    transfer("ada", 1).save(&db).await.unwrap();
    let error = moving(80).run(&db).await.unwrap_err();
    expect![[r#"
        the transaction was cancelled, nothing was written: update of Account with the key id = "ada": there is no item with this key, or it does not satisfy the condition; create of Transfer with the key account = "ada", number = 1: an item with this key already exists"#]]
    .assert_eq(&error.to_string());
    let canceled = canceled(error);
    let codes: Vec<_> =
        canceled.actions.iter().map(|action| action.reason.as_ref().map(|reason| &reason.code)).collect();
    let failed = Some(&CancellationCode::ConditionalCheckFailed);
    assert_eq!(codes, [failed, None, failed]);
    assert_eq!(canceled.reasons().count(), 2);
    assert_eq!(balances(&db).await, [50, 0]);
}

#[tokio::test]
async fn a_failed_condition_returns_the_old_item_decoded_where_it_was_requested() {
    let db = database().await;
    let mut missing = Transaction::new();
    missing.check(&account("ada", 0), Account::BALANCE.gt(60)).returning_old_item();
    missing.save(&transfer("ada", 1)).condition(Transfer::NOTE.eq("first")).returning_old_item();
    missing.delete(Account::item_key("bob")).condition(Account::BALANCE.gt(0));
    let canceled = canceled(missing.run(&db).await.unwrap_err());
    assert_eq!(canceled.actions[0].old_item::<Account>().unwrap(), Some(account("ada", 50)));
    assert_eq!(canceled.actions[1].old_item::<Transfer>().unwrap(), None);
    assert_eq!(canceled.actions[2].old_item::<Account>().unwrap(), None);
    expect![[r#"
        the transaction was cancelled, nothing was written: check of Account with the key id = "ada": the item does not satisfy the condition; save of Transfer with the key account = "ada", number = 1: there is no item with this key, so that the condition does not hold; delete of Account with the key id = "bob": the item does not satisfy the condition"#]]
    .assert_eq(&canceled.to_string());
}

#[tokio::test]
async fn an_update_creates_no_item() {
    let db = database().await;
    let mut updating = Transaction::new();
    updating.update(Account::item_key("eve"), Account::BALANCE.add(1));
    let error = updating.run(&db).await.unwrap_err();
    assert!(
        error.to_string().ends_with("update of Account with the key id = \"eve\": there is no item with this key"),
        "{error}"
    );
    assert!(Account::get_by_key("eve", &db).await.unwrap_err().is_object_does_not_exist());
}

#[tokio::test]
async fn a_token_of_ones_own_makes_several_runs_one() {
    let db = database().await;
    let mut deposit = Transaction::with_token("deposit-1");
    deposit.update(Account::item_key("ada"), Account::BALANCE.add(10));
    for _ in 0..3 {
        deposit.run(&db).await.unwrap();
    }
    assert_eq!(balances(&db).await, [60, 0]);
}

#[tokio::test]
async fn items_are_read_in_the_shape_of_the_keys() {
    let (db, ledger) = database().await.with_ledger();
    transfer("ada", 1).save(&db).await.unwrap();
    ledger.reset();
    let keys = (
        &account("ada", 0),
        vec![Transfer::item_key(("ada", 1)), Transfer::item_key(("ada", 2))],
        Account::item_key("eve"),
    );
    let (ada, transfers, eve) = Transaction::get(keys, &db).await.unwrap();
    assert_eq!(ada, Some(account("ada", 50)));
    assert_eq!(transfers, [Some(transfer("ada", 1)), None]);
    assert_eq!(eve, None);
    djamodb::assert_requests!(ledger == 1);
    djamodb::assert_read_units!(ledger == 8.0);
}

#[tokio::test]
async fn an_empty_transaction_sends_no_request() {
    let (db, ledger) = database().await.with_ledger();
    Transaction::new().run(&db).await.unwrap();
    assert_eq!(Transaction::get(Vec::<&Account>::new(), &db).await.unwrap(), []);
    djamodb::assert_requests!(ledger == 0);
    assert_eq!(Transaction::new().explain().unwrap().to_string(), "Empty transaction: it has no actions\nno request");
}

#[tokio::test]
async fn transactions_beyond_the_limits_of_the_service_are_refused_before_any_request() {
    let (db, ledger) = database().await.with_ledger();
    let many = |count: u32, note: &str| {
        let mut many = Transaction::new();
        for number in 0..count {
            many.save(&Transfer { note: note.to_owned(), ..transfer("ada", number) });
        }
        many
    };
    let refused = |result: Result<(), Error>| match result {
        Err(Error::Plan(error)) => error,
        other => panic!("{other:?}"),
    };
    many(100, "").run(&db).await.unwrap();
    ledger.reset();
    let error = refused(many(101, "").run(&db).await);
    assert_eq!(error, PlanError::TransactionTooManyItems { count: 101 });
    assert!(matches!(refused(many(13, &"x".repeat(350_000)).run(&db).await), PlanError::TransactionTooLarge { .. }));

    let mut twice = moving(10);
    twice.check(Account::item_key("ada"), Account::BALANCE.gt(5));
    expect![[r#"cannot run the transaction: two actions, of Account and of Account, name the item with the key id = "ada"; DynamoDB accepts one action for each item, so join them, a check into the condition of the write for example"#]]
    .assert_eq(&refused(twice.run(&db).await).to_string());
    let twice = Transaction::get([Account::item_key("ada"), Account::item_key("ada")], &db).await;
    assert!(matches!(refused(twice.map(|_| ())), PlanError::TransactionItemTwice { .. }));

    for token in [String::new(), "x".repeat(37)] {
        let mut deposit = Transaction::with_token(token.clone());
        deposit.update(Account::item_key("ada"), Account::BALANCE.add(10));
        assert_eq!(refused(deposit.run(&db).await), PlanError::ClientRequestToken { characters: token.len() });
    }
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn the_first_action_that_cannot_be_sent_is_the_error_of_the_run() {
    #[derive(Model)]
    #[model(table = "measures", managed = false)]
    struct Measure {
        #[model(hash_key)]
        id: String,
        value: f64,
    }
    let (db, ledger) = database().await.with_ledger();
    let mut measuring = Transaction::new();
    measuring.save(&account("ada", 1));
    measuring.save(&Measure { id: "a".to_owned(), value: f64::NAN });
    measuring.update(Account::item_key("bob"), (Account::BALANCE.add(1), Account::BALANCE.set(2)));
    let error = measuring.run(&db).await.unwrap_err();
    let start =
        r#"cannot add Measure to the transaction as the action at index 1 with the key id = "a": attribute `value`"#;
    assert!(error.to_string().starts_with(start), "{error}");
    assert_eq!(measuring.explain().unwrap_err().to_string(), error.to_string());
    djamodb::assert_requests!(ledger == 0);
}

#[test]
fn explain_shows_each_action_and_the_units() {
    expect![[r#"
        TransactWriteItems
          Update accounts; key: id = "ada"; update: ADD Balance -30; condition: attribute_exists(id) AND Balance >= 30
          Update accounts; key: id = "bob"; update: ADD Balance 30; condition: attribute_exists(id)
          Put transfers; key: account = "ada", number = 1; condition: attribute_not_exists(account)
        one request: about 6 write units, at most 2400
        warning: each index that an action changes consumes 1 write unit per KB more, and a stored item that is larger than 1 KB 2 units per KB"#]]
    .assert_eq(&moving(30).explain().unwrap().to_string());
    expect![[r#"
        TransactGetItems
          Get accounts; key: id = "ada"
          Get transfers; key: account = "ada", number = 1
        one request: about 4 read units, at most 400; index: table (keys are read from the table)"#]]
    .assert_eq(
        &Transaction::explain_get((Account::item_key("ada"), Transfer::item_key(("ada", 1)))).unwrap().to_string(),
    );
}
