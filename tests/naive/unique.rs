//! Random writes of models with unique attributes, checked against the same writes of a plain map.

use std::collections::BTreeMap;

use djamodb::model::{Attribute, NonKey};
use djamodb::plan::Scan;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Error, Transaction};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Its guard items have a table of their own.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "unique_members", managed = false, unique_together = (team, number))]
pub(crate) struct Member {
    #[model(hash_key)]
    id: u8,
    #[model(unique)]
    email: Option<String>,
    team: String,
    number: Option<u8>,
    count: u8,
}

/// Its guard items are in its table.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "unique_players", managed = false, discriminator = "type", unique_together = (team, number))]
#[model(hash_key(pk = "PLAYER#{id}"), range_key(sk = "PLAYER"))]
pub(crate) struct Player {
    id: u8,
    #[model(unique)]
    email: Option<String>,
    team: String,
    number: Option<u8>,
    count: u8,
}

/// The fields of both models.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Fields {
    id: u8,
    email: Option<String>,
    team: String,
    number: Option<u8>,
    count: u8,
}

/// A model with these fields.
pub(crate) trait Unique: Model + Clone + PartialEq {
    const EMAIL: Attribute<Self, Option<String>, NonKey>;
    const NUMBER: Attribute<Self, Option<u8>, NonKey>;
    const COUNT: Attribute<Self, u8, NonKey>;

    fn new(fields: &Fields) -> Self;
    fn fields(&self) -> Fields;
    fn fields_mut(&mut self) -> (&mut Option<String>, &mut Option<u8>);
    fn querysets() -> Manager<Self>;
    /// Returns the name of the table of the guard items.
    fn guard_table() -> &'static str;
}

macro_rules! unique {
    ($model:ident, $guards:literal) => {
        impl Unique for $model {
            const EMAIL: Attribute<Self, Option<String>, NonKey> = Self::EMAIL;
            const NUMBER: Attribute<Self, Option<u8>, NonKey> = Self::NUMBER;
            const COUNT: Attribute<Self, u8, NonKey> = Self::COUNT;

            fn new(Fields { id, email, team, number, count }: &Fields) -> Self {
                Self { id: *id, email: email.clone(), team: team.clone(), number: *number, count: *count }
            }

            fn fields(&self) -> Fields {
                let Self { id, email, team, number, count } = self.clone();
                Fields { id, email, team, number, count }
            }

            fn fields_mut(&mut self) -> (&mut Option<String>, &mut Option<u8>) {
                (&mut self.email, &mut self.number)
            }

            fn querysets() -> Manager<Self> {
                Self::objects()
            }

            fn guard_table() -> &'static str {
                $guards
            }
        }
    };
}

unique!(Member, "unique_members-unique");
unique!(Player, "unique_players");

/// A random write.
#[derive(Clone, Debug)]
pub(crate) enum Write {
    Create(Fields),
    Save(Fields),
    Update(Fields, Edit),
    SaveChanges(Fields),
    Delete(Fields),
    GetOrCreate(Fields),
    UpdateOrCreate(Fields, Edit),
    Transaction(Vec<(Fields, Action)>),
    DeleteWhere(u8),
    DeleteCheckedWhere(u8),
    BulkCreate(Vec<Fields>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    Create,
    Save,
    Update(Edit),
    Delete,
    Check,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit {
    Email(Option<&'static str>),
    Number(Option<u8>),
    Both(&'static str, u8),
    Count,
}

type Items = BTreeMap<u8, Fields>;

const EMAILS: [&str; 3] = ["ann", "bob", "e#e%"];

fn fields() -> impl Strategy<Value = Fields> {
    let email = prop::option::weighted(0.8, select(&EMAILS));
    (0..4_u8, email, select(&["a", "b#1"]), prop::option::of(0..2_u8), 0..3_u8).prop_map(
        |(id, email, team, number, count)| Fields {
            id,
            email: email.map(str::to_owned),
            team: team.to_owned(),
            number,
            count,
        },
    )
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        prop::option::weighted(0.8, select(&EMAILS)).prop_map(Edit::Email),
        prop::option::weighted(0.8, 0..2_u8).prop_map(Edit::Number),
        (select(&EMAILS), 0..2_u8).prop_map(|(email, number)| Edit::Both(email, number)),
        Just(Edit::Count),
    ]
}

/// Generates a sequence of writes.
pub(crate) fn writes() -> impl Strategy<Value = Vec<Write>> {
    let action = prop_oneof![
        Just(Action::Create),
        Just(Action::Save),
        edit().prop_map(Action::Update),
        Just(Action::Delete),
        Just(Action::Check),
    ];
    let write = prop_oneof![
        2 => fields().prop_map(Write::Create),
        4 => fields().prop_map(Write::Save),
        2 => (fields(), edit()).prop_map(|(fields, edit)| Write::Update(fields, edit)),
        2 => fields().prop_map(Write::SaveChanges),
        1 => fields().prop_map(Write::Delete),
        1 => fields().prop_map(Write::GetOrCreate),
        1 => (fields(), edit()).prop_map(|(fields, edit)| Write::UpdateOrCreate(fields, edit)),
        4 => vec((fields(), action), 1..4).prop_map(|mut actions| {
            actions.sort_by_key(|(fields, _)| fields.id);
            actions.dedup_by_key(|(fields, _)| fields.id);
            Write::Transaction(actions)
        }),
        1 => (0..3_u8).prop_map(Write::DeleteWhere),
        1 => (0..3_u8).prop_map(Write::DeleteCheckedWhere),
        1 => vec(fields(), 1..4).prop_map(|mut values| {
            values.sort_by_key(|fields| fields.id);
            values.dedup_by_key(|fields| fields.id);
            Write::BulkCreate(values)
        }),
    ];
    vec(write, 1..16)
}

/// The result of a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Done(u64),
    Exists,
    Missing,
    NotUnique,
    /// Conditions of actions failed, whether or not values are unique.
    Canceled,
}

impl Edit {
    fn edits<M: Unique>(self) -> djamodb::model::Edits<M> {
        let email = |email: Option<&'static str>| match email {
            Some(email) => M::EMAIL.set(email),
            None => M::EMAIL.remove(),
        };
        let number = |number: Option<u8>| match number {
            Some(number) => M::NUMBER.set(number),
            None => M::NUMBER.remove(),
        };
        match self {
            Self::Email(new) => email(new),
            Self::Number(new) => number(new),
            Self::Both(new, second) => email(Some(new)) & number(Some(second)),
            Self::Count => M::COUNT.set(2),
        }
    }

    fn apply(self, fields: &mut Fields) {
        match self {
            Self::Email(email) => fields.email = email.map(str::to_owned),
            Self::Number(number) => fields.number = number,
            Self::Both(email, number) => (fields.email, fields.number) = (Some(email.to_owned()), Some(number)),
            Self::Count => fields.count = 2,
        }
    }
}

/// Makes the writes in an empty table and in a map, and compares results, items and guard items after each.
pub(crate) async fn check<M: Unique>(db: &Database, writes: &[Write]) -> Result<(), TestCaseError> {
    let db = &db.with_write_concurrency(1).unwrap();
    let mut items = Items::new();
    for write in writes {
        let expected = expected(write, &mut items);
        let result = make::<M>(write, db).await;
        prop_assert!(agrees(outcome(&result), expected), "{:?}: {:?}, expected {:?}", write, result, expected);
        let mut stored: Vec<Fields> =
            M::querysets().scan().consistent().all(db).await.unwrap().iter().map(Unique::fields).collect();
        stored.sort_by_key(|fields| fields.id);
        prop_assert_eq!(&stored, &items.values().cloned().collect::<Vec<_>>(), "{:?}", write);
        prop_assert_eq!(guards::<M>(db).await, stored.iter().map(value_count).sum::<usize>(), "{:?}", write);
    }
    Ok(())
}

/// Returns `true` if a result is as expected. If conditions fail, equal values of several actions may be found first.
fn agrees(actual: Outcome, expected: Outcome) -> bool {
    actual == expected || (expected == Outcome::Canceled && actual == Outcome::NotUnique)
}

/// Returns the number of unique values of an item.
fn value_count(fields: &Fields) -> usize {
    usize::from(fields.email.is_some()) + usize::from(fields.number.is_some())
}

async fn guards<M: Unique>(db: &Database) -> usize {
    let table = db.defaults().table_name(&M::guard_table().into());
    let items = db.run(Scan { consistent: true, ..Scan::new(table) }).await.unwrap().items;
    items.iter().filter(|item| item.get("unique_owner").is_some()).count()
}

async fn make<M: Unique>(write: &Write, db: &Database) -> Result<u64, Error> {
    match write {
        Write::Create(fields) => M::new(fields).create(db).await.map(|()| 1),
        Write::Save(fields) => M::new(fields).save(db).await.map(|()| 1),
        Write::Update(fields, edit) => M::new(fields).update(edit.edits(), db).await.map(|()| 1),
        Write::SaveChanges(fields) => {
            let all = M::querysets().scan().consistent().all(db).await?;
            let Some(found) = all.into_iter().find(|found| found.fields().id == fields.id) else { return Ok(0) };
            let mut tracked = found.tracked();
            let (email, number) = tracked.fields_mut();
            (*email, *number) = (fields.email.clone(), fields.number);
            tracked.save_changes(db).await.map(u64::from)
        }
        Write::Delete(fields) => M::new(fields).delete(db).await.map(|()| 1),
        Write::GetOrCreate(fields) => M::get_or_create(M::new(fields), db).await.map(|(_, created)| created.into()),
        Write::UpdateOrCreate(fields, edit) => {
            M::update_or_create(M::new(fields), edit.edits(), db).await.map(|(_, created)| created.into())
        }
        Write::Transaction(actions) => {
            let mut transaction = Transaction::new();
            let values: Vec<M> = actions.iter().map(|(fields, _)| M::new(fields)).collect();
            for (value, (_, action)) in values.iter().zip(actions) {
                match action {
                    Action::Create => drop(transaction.create(value)),
                    Action::Save => drop(transaction.save(value)),
                    Action::Update(edit) => drop(transaction.update(value, edit.edits())),
                    Action::Delete => drop(transaction.delete(value)),
                    Action::Check => drop(transaction.check(value, M::COUNT.gte(0))),
                }
            }
            transaction.run(db).await.map(|()| 1)
        }
        Write::DeleteWhere(count) => M::querysets().scan().consistent().filter(M::COUNT.eq(*count)).delete(db).await,
        Write::DeleteCheckedWhere(count) => {
            M::querysets().scan().consistent().filter(M::COUNT.eq(*count)).delete_checked(db).await
        }
        Write::BulkCreate(values) => {
            let mut values: Vec<M> = values.iter().map(M::new).collect();
            let report = M::querysets().bulk_create(&mut values, OnConflict::Ignore, db).await?;
            Ok(report.written.len() as u64)
        }
    }
}

fn outcome(result: &Result<u64, Error>) -> Outcome {
    match result {
        Ok(count) => Outcome::Done(*count),
        Err(Error::ObjectAlreadyExists { .. }) => Outcome::Exists,
        Err(Error::ObjectDoesNotExist { .. }) => Outcome::Missing,
        Err(Error::NotUnique(_) | Error::Plan(PlanError::UniqueTwice { .. })) => Outcome::NotUnique,
        Err(Error::TransactionCanceled(_)) => Outcome::Canceled,
        Err(error) => panic!("{error}"),
    }
}

/// Makes a write in the map, and returns its result.
fn expected(write: &Write, items: &mut Items) -> Outcome {
    let put = |items: &mut Items, fields: &Fields| {
        let mut after = items.clone();
        after.insert(fields.id, fields.clone());
        replace(items, after, 1)
    };
    let edited = |items: &mut Items, id: u8, edit: Edit, count| {
        let mut after = items.clone();
        after.entry(id).and_modify(|fields| edit.apply(fields));
        replace(items, after, count)
    };
    match write {
        Write::Create(fields) if items.contains_key(&fields.id) => Outcome::Exists,
        Write::Update(fields, _) if !items.contains_key(&fields.id) => Outcome::Missing,
        Write::Update(fields, edit) => edited(items, fields.id, *edit, 1),
        Write::SaveChanges(fields) => match items.get(&fields.id) {
            None => Outcome::Done(0),
            Some(found) if (&found.email, found.number) == (&fields.email, fields.number) => Outcome::Done(0),
            Some(found) => put(items, &Fields { email: fields.email.clone(), number: fields.number, ..found.clone() }),
        },
        Write::Delete(fields) => {
            items.remove(&fields.id);
            Outcome::Done(1)
        }
        Write::GetOrCreate(fields) if items.contains_key(&fields.id) => Outcome::Done(0),
        Write::UpdateOrCreate(fields, edit) if items.contains_key(&fields.id) => edited(items, fields.id, *edit, 0),
        Write::Transaction(actions) => {
            let mut after = items.clone();
            let mut is_canceled = false;
            for (fields, action) in actions {
                let exists = items.contains_key(&fields.id);
                match action {
                    Action::Create => is_canceled |= exists || after.insert(fields.id, fields.clone()).is_some(),
                    Action::Save => drop(after.insert(fields.id, fields.clone())),
                    Action::Update(edit) => {
                        is_canceled |= !exists;
                        after.entry(fields.id).and_modify(|fields| edit.apply(fields));
                    }
                    Action::Delete => drop(after.remove(&fields.id)),
                    Action::Check => is_canceled |= !exists,
                }
            }
            if is_canceled { Outcome::Canceled } else { replace(items, after, 1) }
        }
        Write::DeleteWhere(count) | Write::DeleteCheckedWhere(count) => {
            let before = items.len();
            items.retain(|_, fields| fields.count != *count);
            Outcome::Done((before - items.len()) as u64)
        }
        Write::BulkCreate(values) => {
            let mut created = 0;
            for fields in values {
                let is_new = !items.contains_key(&fields.id);
                created += u64::from(is_new && put(items, fields) == Outcome::Done(1));
            }
            Outcome::Done(created)
        }
        Write::Create(fields) | Write::Save(fields) | Write::GetOrCreate(fields) | Write::UpdateOrCreate(fields, _) => {
            put(items, fields)
        }
    }
}

/// Replaces the items if no two of them have the same unique values.
fn replace(items: &mut Items, after: Items, count: u64) -> Outcome {
    let mut emails: Vec<&String> = after.values().filter_map(|fields| fields.email.as_ref()).collect();
    let mut numbers: Vec<(&String, u8)> =
        after.values().filter_map(|fields| Some((&fields.team, fields.number?))).collect();
    let counts = (emails.len(), numbers.len());
    emails.sort();
    emails.dedup();
    numbers.sort();
    numbers.dedup();
    if counts != (emails.len(), numbers.len()) {
        return Outcome::NotUnique;
    }
    *items = after;
    Outcome::Done(count)
}
