//! Unique attributes, whose guard items are written in transactions.

use djamodb_core::database::{Database, ModelExt, Transaction};
use djamodb_core::error::Error;
use djamodb_derive::Model;

use super::prelude::*;

case!("model/unique_values_are_refused_and_freed", Theme::Model, unique_values_are_refused_and_freed);
case!("model/unique_values_pass_within_transactions", Theme::Transaction, unique_values_pass_within_transactions);
case!("model/unique_values_of_vanished_items_are_free", Theme::Model, unique_values_of_vanished_items_are_free);
case!("model/guard_items_are_added_to_stored_items", Theme::Model, guard_items_are_added_to_stored_items);

/// Its guard items have a table of their own.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "members", managed = false, crate = "djamodb_core")]
struct Member {
    #[model(hash_key)]
    id: u32,
    #[model(unique)]
    email: Option<String>,
}

/// Its guard items are in its table.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "club", managed = false, discriminator = "type", unique_together = (team, number))]
#[model(hash_key(pk = "PLAYER#{id}"), range_key(sk = "PLAYER"), crate = "djamodb_core")]
struct Player {
    id: u32,
    team: String,
    number: u32,
}

fn member(id: u32, email: &str) -> Member {
    Member { id, email: Some(email.to_owned()) }
}

async fn club(cx: &Context) -> Result<Database, Failure> {
    let db = cx.db().clone();
    db.create_table::<Member>().await?;
    db.create_table::<Player>().await?;
    Ok(db)
}

/// Fails if the result is another one than that the value is another item's.
fn ensure_not_unique<T>(result: Result<T, Error>, owner: u32) -> CaseResult {
    match result {
        Err(Error::NotUnique(error)) => ensure_eq("owner", &error.owner, &Some(Item::new().with("id", owner))),
        Err(error) => Err(error.into()),
        Ok(_) => Err(Failure::new("the value of another item was written")),
    }
}

/// Fails if two items have one value, or a value stays taken that no item has.
async fn unique_values_are_refused_and_freed(cx: Context) -> CaseResult {
    let db = club(&cx).await?;
    let mut ann = member(1, "ann");
    ann.create(&db).await?;
    ensure_not_unique(member(2, "ann").create(&db).await, 1)?;
    ensure_not_unique(member(2, "ann").save(&db).await, 1)?;
    ann.email = Some("anna".to_owned());
    ann.save(&db).await?;
    ensure_not_unique(member(3, "anna").create(&db).await, 1)?;
    member(2, "ann").create(&db).await?;
    ensure_not_unique(ann.update(Member::EMAIL.set("ann"), &db).await, 2)?;
    ann.update(Member::EMAIL.set("annie"), &db).await?;
    ensure_eq("updated", ann.email.as_deref(), Some("annie"))?;
    member(3, "anna").create(&db).await?;
    let mut tracked = ann.tracked();
    tracked.email = None;
    tracked.save_changes(&db).await?;
    // The value that is deleted is an older one.
    member(2, "other").delete(&db).await?;
    for (id, email) in [(4, "annie"), (5, "ann")] {
        member(id, email).create(&db).await?;
    }
    ensure_eq("deleted", Member::objects().scan().delete(&db).await?, 4)?;
    member(6, "anna").create(&db).await?;

    let player = |id, number| Player { id, team: "red".to_owned(), number };
    player(1, 7).create(&db).await?;
    ensure("unique together", player(2, 7).create(&db).await.is_err_and(|error| error.is_not_unique()))?;
    player(2, 8).create(&db).await?;
    let mut all = Player::objects().scan().consistent().all(&db).await?;
    all.sort_by_key(|player| player.id);
    ensure_eq("players", all, vec![player(1, 7), player(2, 8)])
}

/// Fails if two items cannot exchange their values, or one cannot succeed another.
async fn unique_values_pass_within_transactions(cx: Context) -> CaseResult {
    let db = club(&cx).await?;
    let (ann, bob) = (member(1, "ann"), member(2, "bob"));
    let mut both = Transaction::new();
    both.create(&ann);
    both.create(&bob);
    both.run(&db).await?;
    let mut exchange = Transaction::new();
    exchange.save(&member(1, "bob"));
    exchange.update(&bob, Member::EMAIL.set("ann"));
    exchange.run(&db).await?;
    exchange.run(&db).await?;
    ensure_not_unique(member(3, "bob").create(&db).await, 1)?;
    let mut successor = Transaction::new();
    successor.delete(Member::item_key(1));
    successor.create(&member(3, "bob"));
    successor.run(&db).await?;
    ensure_not_unique(member(4, "bob").create(&db).await, 3)?;
    let mut refused = Transaction::new();
    refused.create(&member(5, "eve"));
    refused.create(&member(6, "ann"));
    ensure_not_unique(refused.run(&db).await, 2)?;
    member(5, "eve").create(&db).await.map_err(Failure::from)
}

/// Fails if a value stays taken after its item was deleted without its guard item.
async fn unique_values_of_vanished_items_are_free(cx: Context) -> CaseResult {
    let db = club(&cx).await?;
    member(1, "ann").create(&db).await?;
    db.run(DeleteItem::new(db.table_name::<Member>(), Item::new().with("id", 1))).await?;
    member(2, "ann").create(&db).await?;
    ensure_not_unique(member(3, "ann").create(&db).await, 2)?;
    // The old owner's guard item is not deleted with a late delete.
    member(1, "ann").delete(&db).await?;
    ensure_not_unique(member(3, "ann").create(&db).await, 2)
}

/// Fails if an item of another program stays unprotected, or two of them keep one value.
async fn guard_items_are_added_to_stored_items(cx: Context) -> CaseResult {
    let db = club(&cx).await?;
    for (id, email) in [(1, "ann"), (2, "bob"), (3, "bob")] {
        let item = djamodb_core::model::Model::to_item(&member(id, email))?;
        db.run(PutItem::new(db.table_name::<Member>(), item)).await?;
    }
    let members = Member::objects().scan().consistent();
    ensure_eq("duplicates", members.add_guards(&db).await?.len(), 1)?;
    ensure_not_unique(member(4, "ann").create(&db).await, 1)?;
    ensure_eq("duplicates again", members.add_guards(&db).await?.len(), 1)
}
