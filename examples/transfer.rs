//! A bank: money moves between accounts in transactions. `cargo run --example transfer`
//!
//! The database is in memory unless `--url` or `DJAMODB_URL` names another one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use djamodb::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::layer::{Retry, RetryPolicy};
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::prelude::*;
use djamodb::{Error, Transaction};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "accounts")]
struct Account {
    #[model(hash_key)]
    owner: String,
    balance: u64,
    /// An account is written only if no other request has written it since it was read.
    #[model(version)]
    version: u64,
}

/// The record of a transfer, which is written in the same transaction.
#[derive(Model, Debug, Default)]
#[model(table = "transfers")]
struct Transfer {
    #[model(hash_key, generate = uuid_v7)]
    id: Uuid,
    from: String,
    to: String,
    amount: u64,
    #[model(created_at)]
    at: DateTime<Utc>,
}

impl Transfer {
    fn new(from: &str, to: &str, amount: u64) -> Self {
        Self { from: from.to_owned(), to: to.to_owned(), amount, ..Self::default() }
    }
}

/// Returns the transaction that moves an amount, if the first account has as much. The accounts are not read.
fn moving(transfer: &Transfer) -> Transaction<'static> {
    let Transfer { from, to, amount, .. } = transfer;
    let mut moving = Transaction::new();
    moving
        .update(Account::item_key(from), Account::BALANCE.set(F(Account::BALANCE) - *amount))
        .condition(Account::BALANCE.gte(*amount))
        .returning_old_item();
    moving.update(Account::item_key(to), Account::BALANCE.add(*amount));
    moving.create(transfer);
    moving
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect(url()).await?;
    db.create_tables(&[Account::schema(), Transfer::schema()]).await?;

    println!("# Open two accounts");
    let account = |owner: &str, balance| Account { owner: owner.to_owned(), balance, version: 0 };
    let (mut ann, mut bob) = (account("ann", 100), account("bob", 20));
    let mut opening = Transaction::new();
    opening.create(&mut ann);
    opening.create(&mut bob);
    opening.run(&db).await?;
    print_accounts([&ann, &bob]);

    println!("\n# Move 30 between values that were read");
    (ann.balance, bob.balance) = (ann.balance - 30, bob.balance + 30);
    let mut record = Transfer::new("ann", "bob", 30);
    let mut transfer = Transaction::new();
    transfer.save(&mut ann);
    transfer.save(&mut bob);
    transfer.create(&mut record);
    println!("{}", transfer.explain()?.plan.to_string().replace(&Uuid::nil().to_string(), "(generated)"));
    transfer.run(&db).await?;
    print_accounts([&ann, &bob]);

    println!("\n# Overdraw an account");
    if let Error::TransactionCanceled(canceled) = moving(&Transfer::new("bob", "ann", 500)).run(&db).await.unwrap_err()
    {
        for action in canceled.reasons() {
            println!("{action}");
            if let Some(account) = action.old_item::<Account>()? {
                println!("{} has {}", account.owner, account.balance);
            }
        }
    }

    println!("\n# Write a value that another clerk has changed");
    let mut other_clerk = bob.clone();
    other_clerk.balance += 1;
    other_clerk.save(&db).await?;
    bob.balance += 2;
    let error = bob.save(&db).await.unwrap_err();
    println!("{error}");
    bob.refresh(&db).await?;
    bob.balance += 2;
    bob.save(&db).await?;
    print_accounts([&bob]);

    println!("\n# Lose the response of a transfer");
    let connection = Arc::new(BreakingConnection { db: db.clone(), requests: AtomicU32::new(0) });
    let unreliable = Database::new(Retry::new(connection.clone(), RetryPolicy::default())?);
    moving(&Transfer::new("bob", "ann", 10)).run(&unreliable).await?;
    println!("sent {} times", connection.requests.load(Ordering::Relaxed));

    println!("\n# In the end");
    let (ann, bob) = Transaction::get((Account::item_key("ann"), Account::item_key("bob")), &db).await?;
    let accounts = [ann.ok_or("ann has no account")?, bob.ok_or("bob has no account")?];
    print_accounts(accounts.each_ref());
    println!("{} transfers", Transfer::objects().scan().count(&db).await?);
    assert_eq!(accounts.iter().map(|account| account.balance).sum::<u64>(), 100 + 20 + 1 + 2);
    db.delete_tables(&[Account::schema(), Transfer::schema()]).await?;
    Ok(())
}

fn print_accounts<const N: usize>(accounts: [&Account; N]) {
    for Account { owner, balance, version } in accounts {
        println!("{owner}: balance {balance}, version {version}");
    }
}

/// Returns the URL that is given by `--url` or `DJAMODB_URL`.
fn url() -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--url").skip(1);
    arguments.next().or_else(|| std::env::var("DJAMODB_URL").ok()).unwrap_or_else(|| "memory://".to_owned())
}

/// A connection that breaks after the first request was carried out, before its response arrives.
#[derive(Debug)]
struct BreakingConnection {
    db: Database,
    requests: AtomicU32,
}

#[async_trait]
impl Driver for BreakingConnection {
    fn name(&self) -> &'static str {
        self.db.driver().name()
    }

    fn capability(&self) -> Capability {
        // The layer `Retry` repeats the request.
        let mut capability = self.db.driver().capability();
        capability.retries_requests = false;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.db.driver().clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let operation = plan.operation();
        let outcome = self.db.driver().execute(plan).await?;
        if self.requests.fetch_add(1, Ordering::Relaxed) == 0 {
            let error = DriverError::new(DriverErrorKind::Connection, operation, "the connection was reset");
            return Err(error.with_applied(Applied::Unknown));
        }
        Ok(outcome)
    }
}
