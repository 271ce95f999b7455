//! A condition on an action of another model.

use djamodb::Transaction;
use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "accounts")]
struct Account {
    #[model(hash_key)]
    id: String,
    balance: i64,
}

#[derive(Model)]
#[model(table = "orders")]
struct Order {
    #[model(hash_key)]
    account: String,
    #[model(range_key)]
    number: i64,
}

fn main() {
    let mut transaction = Transaction::new();
    transaction.delete(Account::item_key("ada")).condition(Order::NUMBER.gt(1));
}
