use djamodb::prelude::*;

struct Account;

#[derive(AttributeType)]
enum Payment {
    Transfer(Account),
    Card { account: Account },
}

fn main() {}
