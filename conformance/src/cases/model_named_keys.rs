//! Updates and deletes of items whose whole keys the lookups name, which are written without a read.

use djamodb_core::database::{Database, ModelExt};
use djamodb_derive::Model;

use super::prelude::*;

case!("model/named_keys_are_written_if_their_items_match", Theme::Model, named_keys_are_written_if_their_items_match);

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "lockers", managed = false, crate = "djamodb_core")]
struct Locker {
    #[model(hash_key)]
    hall: String,
    #[model(range_key)]
    number: u32,
    owner: String,
    opened: u32,
}

fn locker(number: u32, owner: &str, opened: u32) -> Locker {
    Locker { hall: "east".to_owned(), number, owner: owner.to_owned(), opened }
}

async fn lockers(db: &Database) -> Result<Vec<Locker>, Failure> {
    Ok(Locker::objects().set_hash_key("east").consistent().all(db).await?)
}

/// Fails if a write of a named key creates an item, changes one that does not match, or counts wrongly.
async fn named_keys_are_written_if_their_items_match(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Locker>().await?;
    for (number, owner) in [(1, "ann"), (2, "bob"), (3, "ann")] {
        locker(number, owner, 0).create(db).await?;
    }
    let of_ann = Locker::objects().set_hash_key("east").filter(Locker::OWNER.eq("ann"));
    let named = of_ann.filter(Locker::NUMBER.is_in([1, 2, 9]));
    ensure_eq("updated", named.update(Locker::OPENED.add(1), db).await?, 1)?;
    ensure_eq("lockers", lockers(db).await?, vec![locker(1, "ann", 1), locker(2, "bob", 0), locker(3, "ann", 0)])?;
    ensure_eq("deleted of several", named.delete_checked(db).await?, 1)?;
    for (number, deleted) in [(2, 0), (3, 1), (9, 0)] {
        ensure_eq("deleted", of_ann.filter(Locker::NUMBER.eq(number)).delete(db).await?, deleted)?;
    }
    ensure_eq("the rest", lockers(db).await?, vec![locker(2, "bob", 0)])
}
