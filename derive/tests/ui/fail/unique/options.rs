use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "members", unique_together = team, unique_together = (team, team), unique_together = (team, nmber))]
struct Member {
    #[model(hash_key, unique)]
    id: u32,
    #[model(unique = true)]
    email: String,
    team: String,
    number: u32,
    #[model(version, unique)]
    version: u64,
    #[model(unique, rename = "nick#name")]
    nick: String,
    #[model(flatten, unique)]
    address: Address,
    #[model(uniqe)]
    phone: String,
}

#[derive(Document)]
struct Address {
    city: String,
}

#[derive(Model)]
#[model(table = "shop", discriminator = "type", discriminator_value = "a#b")]
struct Player {
    #[model(hash_key)]
    id: String,
    #[model(unique)]
    email: String,
}

fn main() {}
