//! Reads the changes of a table from its stream, as typed values.

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
    let mut ada = Account { id: "ada".into(), balance: 50 };
    ada.create(&db).await?;
    let opened = ada.clone();
    ada.update(Account::BALANCE.add(30), &db).await?;
    ada.delete(&db).await?;

    let changes: Vec<Change<Account>> = Account::changes(&db).until_idle().try_collect().await?;
    assert_eq!(changes.len(), 3);
    assert_eq!(changes[1], Change::Modified { old: opened, new: Account { balance: 80, ..ada } });
    for change in changes {
        println!("{change:?}");
    }
    Ok(())
}
