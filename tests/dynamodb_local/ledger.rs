//! The ledger counts the same on DynamoDB Local as in memory, where DynamoDB Local charges as AWS does: it does not for
//! transactions and for what is not there.

use std::time::{SystemTime, UNIX_EPOCH};

use djamodb::driver::LedgerSnapshot;
use djamodb::expression::{Comparator, Condition, Path};
use djamodb::plan::{DeleteItem, OldItemOnFailure};
use djamodb::prelude::*;
use djamodb::value::Item;
use djamodb::{Settings, assert_read_units, assert_requests, assert_write_units};
use libtest_mimic::Failed;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "parcels")]
#[model(global_index(by_city, hash_key = city, range_key = number))]
#[model(local_index(by_weight, range_key = weight, projection = keys_only))]
#[model(manager(in_city, index = by_city))]
struct Parcel {
    #[model(hash_key)]
    sender: String,
    #[model(range_key)]
    number: u32,
    city: Option<String>,
    weight: Option<u32>,
    contents: String,
}

pub(crate) fn the_ledger_counts_the_same(url: &str) -> Result<(), Failed> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let prefix = format!("ledger-{time:x}-{:x}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = runtime.block_on(counted(url, &prefix))?;
    let memory = runtime.block_on(counted("memory://", &prefix))?;
    if local == memory {
        return Ok(());
    }
    Err(format!("DynamoDB Local:\n{local}\n\nin memory:\n{memory}").into())
}

async fn counted(url: &str, prefix: &str) -> Result<LedgerSnapshot, Failed> {
    let db = djamodb::connect(Settings::builder().url(url).table_prefix(prefix).build()?).await?;
    db.create_table::<Parcel>().await?;
    let counted = count(&db).await;
    db.delete_table::<Parcel>().await?;
    counted
}

/// Counts one of everything that is charged alike.
async fn count(db: &Database) -> Result<LedgerSnapshot, Failed> {
    let (db, ledger) = db.with_ledger();
    let parcel = |number, kilobytes: usize| {
        let contents = "x".repeat(kilobytes * 1024 - 50);
        Parcel { sender: "ada".into(), number, city: None, weight: None, contents }
    };
    for number in 0..30 {
        parcel(number, 1).save(&db).await?;
    }
    assert_write_units!(ledger == 30.0);
    let mut sent = parcel(0, 9);
    for (city, weight) in [(None, None), (Some("Oslo"), Some(3)), (Some("Rome"), Some(3)), (Some("Rome"), None)] {
        (sent.city, sent.weight) = (city.map(str::to_owned), weight);
        sent.save(&db).await?;
    }

    let ada = Parcel::objects().set_hash_key("ada");
    Parcel::get_by_key(&db, ("ada", 0)).await?;
    sent.refresh(&db).await?;
    assert_read_units!(ledger == 1.5 + 3.0);
    ada.all(&db).await?;
    ada.filter(Parcel::CONTENTS.eq("nothing")).all(&db).await?;
    ada.filter(Parcel::NUMBER.lt(4)).count(&db).await?;
    ada.filter(Parcel::NUMBER.is_in([1, 2, 3])).all(&db).await?;
    ada.set_limit(2).page(&db).await?;
    Parcel::in_city().set_hash_key("Rome").all(&db).await?;

    sent.create(&db).await.err().ok_or("it exists")?;
    let condition = Some(Condition::compare(Path::new("number"), Comparator::Gt, 100));
    let key = Item::new().with("sender", "ada").with("number", 0);
    let old_item_on_failure = OldItemOnFailure::AllOld;
    let delete = DeleteItem { condition, old_item_on_failure, ..DeleteItem::new(db.table_name::<Parcel>(), key) };
    db.run(delete).await.err().ok_or("the number is small")?;

    let requests = ledger.requests();
    ada.delete(&db).await?;
    assert_requests!(ledger == requests + 3);
    Ok(ledger.snapshot())
}
