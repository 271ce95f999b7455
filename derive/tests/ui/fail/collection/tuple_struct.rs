use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "shop")]
struct Customer {
    #[model(hash_key)]
    id: u32,
}

#[derive(Collection)]
struct Account(Customer);

fn main() {}
