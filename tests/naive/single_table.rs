//! Random querysets and writes over models that share a table, checked against plain vectors. The tests in memory and on DynamoDB Local
//! share this module.

mod change;
mod journal;
mod lookup;
mod read;
mod selection;
mod transaction;
mod write;

use djamodb::plan::Scan;
use djamodb::prelude::*;
use djamodb::value::{Item, Name};
use proptest::prelude::*;

use super::{assert_same_items, with_context};
pub(crate) use journal::{Entry, Note};
use journal::{Journal, journal};
use read::{Read, read};
use write::{Write, write};

/// A test case: the items of a table, reads and writes. All of it is data, so that a failing case can be printed.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    journal: Journal,
    reads: Vec<Read>,
    writes: Vec<Write>,
}

/// Generates a case with 1 to `reads_max` reads and up to `writes_max` writes.
pub(crate) fn case(reads_max: usize, writes_max: usize) -> impl Strategy<Value = Case> {
    let reads = prop::collection::vec(read(), 1..=reads_max);
    let writes = prop::collection::vec(write(), 0..=writes_max);
    (journal(), reads, writes).prop_map(|(journal, reads, writes)| Case { journal, reads, writes })
}

pub(crate) async fn create_table(db: &Database) {
    db.create_tables(&[Entry::schema(), Note::schema()]).await.unwrap();
}

/// Writes the items of a case to an empty table and checks all its reads and writes.
pub(crate) async fn check(db: &Database, case: &Case) -> Result<(), TestCaseError> {
    let mut journal = case.journal.clone();
    for mut entry in journal.entries().to_vec() {
        entry.save(db).await.unwrap();
    }
    for mut note in journal.notes().to_vec() {
        note.save(db).await.unwrap();
    }
    check_state(db, &journal).await?;
    for read in &case.reads {
        read.check(db, &journal).await.map_err(|error| with_context(error, read))?;
    }
    for write in &case.writes {
        let checked = write.check(db, &mut journal).await;
        checked.map_err(|error| with_context(error, write))?;
        check_state(db, &journal).await.map_err(|error| with_context(error, write))?;
    }
    Ok(())
}

/// Compares all items of the table, and the keys in both indexes, with those of the vectors.
async fn check_state(db: &Database, journal: &Journal) -> Result<(), TestCaseError> {
    assert_same_items(&Entry::objects().scan().consistent().all(db).await.unwrap(), journal.entries())?;
    assert_same_items(&Note::objects().scan().consistent().all(db).await.unwrap(), journal.notes())?;
    for (index, keys) in [("by_day", journal.keys_by_day()), ("overloaded", journal.keys_in_overloaded_index())] {
        let (range, hash) = (format!("{}_range", keys.name), keys.name);
        let names = ["pk", "sk", hash, &range].map(Name::from);
        let scan = Scan { index: Some(index.into()), ..Scan::new(db.table_name::<Entry>()) };
        let items = db.run(scan).await.unwrap().items;
        let mut found: Vec<Vec<String>> = items.iter().map(|item| texts(item, &names)).collect();
        found.sort();
        prop_assert_eq!(found, keys.texts, "the keys in the index {}", index);
    }
    Ok(())
}

fn texts(item: &Item, names: &[Name]) -> Vec<String> {
    names.iter().map(|name| item.get(name).and_then(|value| value.as_s()).unwrap_or_default().to_owned()).collect()
}
