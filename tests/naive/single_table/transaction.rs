//! Random transactions over entries: all actions are carried out or none.

use djamodb::prelude::*;
use djamodb::{Error, Transaction};
use proptest::collection::vec;
use proptest::prelude::*;

use super::change::{Edit, edit};
use super::journal::{Entry, Journal};
use super::write::{Target, target};

/// The actions of a transaction. Of several on one entry, only the first is carried out, because the service refuses the others.
#[derive(Clone, Debug)]
pub(super) struct Actions(Vec<(Target, Action)>);

#[derive(Clone, Debug)]
enum Action {
    Create,
    Save,
    Update(Edit),
    Delete,
    /// Requires that the entry exists with at least this size.
    Check(u8),
}

impl Actions {
    pub(super) async fn check(&self, db: &Database, journal: &mut Journal) -> Result<(), TestCaseError> {
        let mut actions: Vec<(Entry, &Action)> = Vec::new();
        for (target, action) in &self.0 {
            let value = target.value(journal);
            if actions.iter().all(|(earlier, _)| earlier.key_texts() != value.key_texts()) {
                actions.push((value, action));
            }
        }
        let mut transaction = Transaction::new();
        for (value, action) in &actions {
            match action {
                Action::Create => drop(transaction.create(value)),
                Action::Save => drop(transaction.save(value)),
                Action::Update(edit) => drop(transaction.update(value, edit.edits())),
                Action::Delete => drop(transaction.delete(value)),
                Action::Check(size) => drop(transaction.check(value, Entry::SIZE.gte(*size))),
            }
        }
        let result = transaction.run(db).await;
        drop(transaction);
        if actions.iter().any(|(_, action)| matches!(action, Action::Update(edit) if edit.is_refused())) {
            prop_assert!(matches!(result, Err(Error::Plan(_))), "{result:?}");
            return Ok(());
        }
        if !actions.iter().all(|(value, action)| action.is_possible(journal.stored(value))) {
            prop_assert!(matches!(result, Err(Error::TransactionCanceled(_))), "{result:?}");
            return Ok(());
        }
        result.unwrap();
        for (value, action) in actions {
            match action {
                Action::Create | Action::Save => journal.put(value),
                Action::Update(edit) => {
                    if let Some(updated) = journal.stored(&value).map(|stored| edit.applied_to(stored)) {
                        journal.put(updated);
                    }
                }
                Action::Delete => journal.remove(&value),
                Action::Check(_) => {}
            }
        }
        Ok(())
    }
}

impl Action {
    fn is_possible(&self, stored: Option<&Entry>) -> bool {
        match self {
            Self::Create => stored.is_none(),
            Self::Save | Self::Delete => true,
            Self::Update(_) => stored.is_some(),
            Self::Check(size) => stored.is_some_and(|stored| stored.size >= *size),
        }
    }
}

pub(super) fn actions() -> impl Strategy<Value = Actions> {
    let action = prop_oneof![
        1 => Just(Action::Create),
        1 => Just(Action::Save),
        2 => edit().prop_map(Action::Update),
        1 => Just(Action::Delete),
        1 => (0..3_u8).prop_map(Action::Check),
    ];
    vec((target(), action), 0..4).prop_map(Actions)
}
