//! Random writes of entries, compared with the same writes to the vectors: the result of each, and the whole table after it.

use std::collections::BTreeMap;

use djamodb::Error;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::{BulkReport, OnConflict};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::reading::WithQuerySet;
use super::change::{COLUMNS, Columns, Edit, edit};
use super::journal::{Entry, Journal, Note, entries, notes, places};
use super::selection::{Selection, selection};
use super::transaction::{Actions, actions};

#[derive(Clone, Debug)]
pub(super) enum Write {
    Create(Target),
    Save(Target),
    SaveNote(Note),
    Update(Target, Edit),
    /// The changes of a value whose place and rank another writer may have changed since it was read.
    SaveChanges(Target, Columns, Option<(String, u8)>),
    Delete(Target),
    GetOrCreate(Target),
    UpdateOrCreate(Target, Edit),
    UpdateAll(Selection, Edit),
    DeleteAll(Selection),
    DeleteChecked(Selection),
    BulkCreate(Vec<Target>, OnConflict),
    BulkUpdate(Vec<Target>, Columns),
    Transaction(Actions),
}

/// The entry of a write: a stored one with other fields, or one that is stored only by chance.
#[derive(Clone, Debug)]
pub(super) struct Target {
    stored: Option<prop::sample::Index>,
    other: Entry,
}

impl Target {
    /// Returns the value that is written.
    pub(super) fn value(&self, journal: &Journal) -> Entry {
        match &self.stored {
            Some(index) if !journal.entries().is_empty() => index.get(journal.entries()).with_fields_of(&self.other),
            _ => self.other.clone(),
        }
    }
}

impl Write {
    /// Makes the write in the table and in the vectors, and compares the results.
    pub(super) async fn check(&self, db: &Database, journal: &mut Journal) -> Result<(), TestCaseError> {
        match self {
            Self::Create(target) => {
                let mut value = target.value(journal);
                let created = value.create(db).await;
                if journal.stored(&value).is_some() {
                    prop_assert!(matches!(created, Err(Error::ObjectAlreadyExists { .. })), "{created:?}");
                } else {
                    created.unwrap();
                    journal.put(value);
                }
            }
            Self::Save(target) => {
                let mut value = target.value(journal);
                value.save(db).await.unwrap();
                journal.put(value);
            }
            Self::SaveNote(note) => {
                note.clone().save(db).await.unwrap();
                journal.put_note(note.clone());
            }
            Self::Update(target, edit) => update(db, journal, target.value(journal), edit).await?,
            Self::SaveChanges(target, columns, meanwhile) => {
                save_changes(db, journal, target, *columns, meanwhile.clone()).await?;
            }
            Self::Delete(target) => {
                let value = target.value(journal);
                value.delete(db).await.unwrap();
                journal.remove(&value);
            }
            Self::GetOrCreate(target) => {
                let value = target.value(journal);
                let found = Entry::get_or_create(value.clone(), db).await.unwrap();
                prop_assert_eq!(
                    found,
                    (journal.stored(&value).unwrap_or(&value).clone(), journal.stored(&value).is_none())
                );
                if journal.stored(&value).is_none() {
                    journal.put(value);
                }
            }
            Self::UpdateOrCreate(target, edit) => {
                let value = target.value(journal);
                let written = Entry::update_or_create(value.clone(), edit.edits(), db).await;
                if edit.is_refused() {
                    return is_refused_edit(written);
                }
                let stored = journal.stored(&value);
                let expected = stored.map_or_else(|| value.clone(), |stored| edit.applied_to(stored));
                prop_assert_eq!(written.unwrap(), (expected.clone(), stored.is_none()));
                journal.put(expected);
            }
            Self::UpdateAll(selection, edit) => {
                let written = selection.with_queryset(Make { db, selection, change: Change::Update(edit) }).await;
                if edit.is_refused() {
                    return is_refused_edit(written);
                }
                let matching = limited(selection, journal);
                prop_assert_eq!(written.unwrap(), matching.len() as u64);
                for entry in &matching {
                    journal.put(edit.applied_to(entry));
                }
            }
            Self::DeleteAll(selection) => delete_all(db, journal, selection, Change::Delete).await?,
            Self::DeleteChecked(selection) => delete_all(db, journal, selection, Change::DeleteChecked).await?,
            Self::BulkCreate(targets, on_conflict) => bulk_create(db, journal, targets, *on_conflict).await?,
            Self::BulkUpdate(targets, columns) => bulk_update(db, journal, targets, *columns).await?,
            Self::Transaction(actions) => actions.check(db, journal).await?,
        }
        Ok(())
    }
}

async fn update(db: &Database, journal: &mut Journal, mut value: Entry, edit: &Edit) -> Result<(), TestCaseError> {
    let before = value.clone();
    let updated = value.update(edit.edits(), db).await;
    if edit.is_refused() {
        prop_assert_eq!(value, before);
        return is_refused_edit(updated);
    }
    let Some(stored) = journal.stored(&value) else {
        prop_assert_eq!(value, before);
        return is_missing(updated);
    };
    updated.unwrap();
    let expected = edit.applied_to(stored);
    prop_assert_eq!(&value, &expected);
    journal.put(expected);
    Ok(())
}

/// Changes fields of the stored entry, or of one that is not stored.
async fn save_changes(
    db: &Database,
    journal: &mut Journal,
    target: &Target,
    columns: Columns,
    meanwhile: Option<(String, u8)>,
) -> Result<(), TestCaseError> {
    let changed = target.value(journal);
    let read = journal.stored(&changed).cloned().unwrap_or_else(|| Entry { size: changed.size + 1, ..changed.clone() });
    let value = columns.copied(&read, &changed);
    let mut tracked = read.clone().tracked();
    if let (Some((place, rank)), Some(stored)) = (meanwhile, journal.stored(&changed)) {
        let mut other = stored.clone();
        other.update(Entry::PLACE.set(&place) & Entry::RANK.set(rank), db).await.unwrap();
        journal.put(Entry { place, rank, ..stored.clone() });
    }
    *tracked = value.clone();
    let saved = tracked.save_changes(db).await;
    if value == read {
        prop_assert!(!saved.unwrap());
        return Ok(());
    }
    let Some(stored) = journal.stored(&changed) else { return is_missing(saved) };
    prop_assert!(saved.unwrap());
    prop_assert_eq!(tracked.changed().unwrap().len(), 0);
    let mut expected = Entry { size: value.size, mood: value.mood.clone(), ..stored.clone() };
    if (&value.place, value.rank) != (&read.place, read.rank) {
        expected = Columns::PlaceAndRank.copied(&expected, &value);
    }
    journal.put(expected);
    Ok(())
}

/// A write of all entries of a queryset.
enum Change<'a> {
    Update(&'a Edit),
    Delete,
    DeleteChecked,
}

struct Make<'a> {
    db: &'a Database,
    selection: &'a Selection,
    change: Change<'a>,
}

impl WithQuerySet<Entry> for Make<'_> {
    /// Number of written entries.
    type Output = Result<u64, Error>;

    async fn call<I: Index<Model = Entry>>(self, queryset: QuerySet<Entry, Entry, I>) -> Self::Output {
        let Self { db, selection, change } = self;
        let queryset = match selection.limit() {
            Some(limit) => queryset.set_limit(limit),
            None => queryset,
        };
        match change {
            Change::Update(edit) => queryset.update(edit.edits(), db).await,
            Change::Delete => queryset.delete(db).await,
            Change::DeleteChecked => queryset.delete_checked(db).await,
        }
    }
}

fn limited(selection: &Selection, journal: &Journal) -> Vec<Entry> {
    let mut matching = selection.expected(journal);
    matching.truncate(selection.limit().unwrap_or(usize::MAX));
    matching
}

async fn delete_all(
    db: &Database,
    journal: &mut Journal,
    selection: &Selection,
    change: Change<'_>,
) -> Result<(), TestCaseError> {
    let deleted = selection.with_queryset(Make { db, selection, change }).await;
    let matching = limited(selection, journal);
    prop_assert_eq!(deleted.unwrap(), matching.len() as u64);
    for entry in &matching {
        journal.remove(entry);
    }
    Ok(())
}

/// Returns the values of several targets, of those with one key the last.
pub(super) fn distinct<'a>(targets: impl IntoIterator<Item = &'a Target>, journal: &Journal) -> Vec<Entry> {
    let values = targets.into_iter().map(|target| target.value(journal));
    values.map(|value| (value.key_texts(), value)).collect::<BTreeMap<_, _>>().into_values().collect()
}

async fn bulk_create(
    db: &Database,
    journal: &mut Journal,
    targets: &[Target],
    on_conflict: OnConflict,
) -> Result<(), TestCaseError> {
    let mut values = distinct(targets, journal);
    let existing = values.iter().filter(|value| journal.stored(value).is_some()).count();
    let written = Entry::objects().bulk_create(&mut values, on_conflict, db).await;
    let replaces = matches!(on_conflict, OnConflict::Overwrite | OnConflict::OverwriteUnchecked);
    let skipped = if replaces { 0 } else { existing };
    if on_conflict == OnConflict::Fail && existing > 0 {
        prop_assert!(matches!(written, Err(Error::WritesIncomplete(_))), "{written:?}");
    } else {
        has_counts(&written.unwrap(), values.len() - skipped, skipped)?;
    }
    for value in values {
        if replaces || journal.stored(&value).is_none() {
            journal.put(value);
        }
    }
    Ok(())
}

async fn bulk_update(
    db: &Database,
    journal: &mut Journal,
    targets: &[Target],
    columns: Columns,
) -> Result<(), TestCaseError> {
    let mut values = distinct(targets, journal);
    let all = Entry::objects();
    let report = match columns {
        Columns::Size => all.bulk_update(&mut values, Entry::SIZE, db).await,
        Columns::Mood => all.bulk_update(&mut values, Entry::MOOD, db).await,
        Columns::Place => all.bulk_update(&mut values, Entry::PLACE, db).await,
        Columns::Rank => all.bulk_update(&mut values, Entry::RANK, db).await,
        Columns::PlaceAndRank => all.bulk_update(&mut values, (Entry::PLACE, Entry::RANK), db).await,
        Columns::MoodAndSize => all.bulk_update(&mut values, (Entry::MOOD, Entry::SIZE), db).await,
    };
    let expected: Vec<Entry> = values
        .iter()
        .filter_map(|value| Some(columns.with_all_parts().copied(journal.stored(value)?, value)))
        .collect();
    has_counts(&report.unwrap(), expected.len(), values.len() - expected.len())?;
    for entry in expected {
        journal.put(entry);
    }
    Ok(())
}

fn has_counts(report: &BulkReport, written: usize, skipped: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!((report.written.len(), report.skipped.len()), (written, skipped));
    Ok(())
}

fn is_refused_edit<T: std::fmt::Debug>(result: Result<T, Error>) -> Result<(), TestCaseError> {
    prop_assert!(matches!(result, Err(Error::Plan(PlanError::Edit { .. }))), "{result:?}");
    Ok(())
}

fn is_missing<T: std::fmt::Debug>(result: Result<T, Error>) -> Result<(), TestCaseError> {
    prop_assert!(matches!(result, Err(Error::ObjectDoesNotExist { .. })), "{result:?}");
    Ok(())
}

pub(super) fn target() -> impl Strategy<Value = Target> + Clone {
    (prop::option::weighted(0.7, any::<prop::sample::Index>()), entries())
        .prop_map(|(stored, other)| Target { stored, other })
}

pub(super) fn write() -> impl Strategy<Value = Write> {
    let columns = || select(COLUMNS.to_vec());
    let on_conflict = select(vec![OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite]);
    prop_oneof![
        1 => target().prop_map(Write::Create),
        1 => target().prop_map(Write::Save),
        1 => notes().prop_map(Write::SaveNote),
        1 => (target(), edit()).prop_map(|(target, edit)| Write::Update(target, edit)),
        2 => (target(), columns(), prop::option::of((places(), 0..4_u8)))
            .prop_map(|(target, columns, meanwhile)| Write::SaveChanges(target, columns, meanwhile)),
        1 => target().prop_map(Write::Delete),
        1 => target().prop_map(Write::GetOrCreate),
        1 => (target(), edit()).prop_map(|(target, edit)| Write::UpdateOrCreate(target, edit)),
        2 => (selection(), edit()).prop_map(|(selection, edit)| Write::UpdateAll(selection, edit)),
        1 => selection().prop_map(Write::DeleteAll),
        1 => selection().prop_map(Write::DeleteChecked),
        1 => (vec(target(), 0..6), on_conflict).prop_map(|(targets, on_conflict)| Write::BulkCreate(targets, on_conflict)),
        1 => (vec(target(), 0..6), columns()).prop_map(|(targets, columns)| Write::BulkUpdate(targets, columns)),
        1 => actions().prop_map(Write::Transaction),
    ]
}
