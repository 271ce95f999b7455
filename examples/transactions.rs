//! Moves an amount between two accounts in one transaction, and reads the changes from the table's stream.

use djamodb::expression::{Comparator, Condition, Path, Update};
use djamodb::plan::{TransactUpdate, TransactWriteItems};
use djamodb::prelude::*;
use djamodb::schema::StreamView;
use djamodb::{Change, MemoryDriver, TableDefaults};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "accounts")]
struct Account {
    #[model(hash_key)]
    id: String,
    balance: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let defaults = TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Account>().await?;
    let (ada, bob) = (Account { id: "ada".into(), balance: 50 }, Account { id: "bob".into(), balance: 0 });
    ada.create(&db).await?;
    bob.create(&db).await?;

    let add = |account: &Account, amount: i32| -> Result<TransactUpdate, djamodb::model::CodecError> {
        Ok(TransactUpdate::new("accounts", account.key()?, Update::new().add(Path::new("balance"), amount)))
    };
    let covered = Condition::compare(Path::new("balance"), Comparator::Ge, 30);
    db.run(TransactWriteItems::new([add(&ada, -30)?.when(covered).into(), add(&bob, 30)?.into()])).await?;

    let changes: Vec<Change<Account>> = Account::changes(&db).until_idle().try_collect().await?;
    assert_eq!(changes.len(), 4);
    assert_eq!(changes[3], Change::Modified { old: bob.clone(), new: Account { balance: 30, ..bob } });
    for change in changes {
        println!("{change:?}");
    }
    Ok(())
}
