//! Moves an amount between two accounts in one transaction, and reads the changes from the table's stream.

use djamodb::prelude::*;
use djamodb::schema::StreamView;
use djamodb::{Change, Error, MemoryDriver, TableDefaults, Transaction};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "accounts")]
struct Account {
    #[model(hash_key)]
    id: String,
    balance: i64,
}

/// Returns the transaction that moves an amount, if the first account has as much.
fn transfer(from: &Account, to: &Account, amount: i64) -> Transaction {
    let mut transfer = Transaction::new();
    transfer.update(from, Account::BALANCE.add(-amount)).condition(Account::BALANCE.gte(amount)).returning_old_item();
    transfer.update(to, Account::BALANCE.add(amount));
    transfer
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let defaults = TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Account>().await?;
    let (ada, bob) = (Account { id: "ada".into(), balance: 50 }, Account { id: "bob".into(), balance: 0 });
    let mut opening = Transaction::new();
    opening.create(&ada);
    opening.create(&bob);
    opening.run(&db).await?;

    let transfer = transfer(&ada, &bob, 30);
    println!("{}\n", transfer.explain()?);
    transfer.run(&db).await?;
    if let Err(error) = transfer.run(&db).await {
        println!("{error}");
        if let Error::TransactionCanceled(canceled) = error {
            println!("refused on {:?}\n", canceled.actions[0].old_item::<Account>()?);
        }
    }

    let (ada_now, bob_now) = Transaction::get((&ada, &bob), &db).await?;
    assert_eq!((ada_now.map(|ada| ada.balance), bob_now.map(|bob| bob.balance)), (Some(20), Some(30)));

    let changes: Vec<Change<Account>> = Account::changes(&db).until_idle().try_collect().await?;
    assert_eq!(changes.len(), 4);
    assert_eq!(changes[3], Change::Modified { old: bob.clone(), new: Account { balance: 30, ..bob } });
    for change in changes {
        println!("{change:?}");
    }
    Ok(())
}
