//! Random reads of entries.

use djamodb::prelude::*;
use proptest::prelude::*;

use super::super::{assert_same_items, pages, reading::WithQuerySet};
use super::journal::{Entry, Journal};
use super::selection::{Selection, selection};

#[derive(Clone, Debug)]
pub(super) struct Read(Selection);

impl Read {
    pub(super) async fn check(&self, db: &Database, journal: &Journal) -> Result<(), TestCaseError> {
        let expected = self.0.expected(journal);
        self.0.with_queryset(Check { db, selection: &self.0, expected }).await
    }
}

struct Check<'a> {
    db: &'a Database,
    selection: &'a Selection,
    expected: Vec<Entry>,
}

impl WithQuerySet<Entry> for Check<'_> {
    type Output = Result<(), TestCaseError>;

    async fn call<I: Index<Model = Entry>>(self, queryset: QuerySet<Entry, Entry, I>) -> Self::Output {
        let Self { db, selection, expected } = self;
        let found = queryset.all(db).await.unwrap();
        if selection.is_ordered() {
            prop_assert_eq!(&found, &expected, "{}", queryset.explain().unwrap());
        }
        assert_same_items(&found, &expected)?;
        prop_assert_eq!(queryset.count(db).await.unwrap(), expected.len() as u64);
        prop_assert_eq!(queryset.exists(db).await.unwrap(), !expected.is_empty());
        if let Some(limit) = selection.limit() {
            let limited = queryset.set_limit(limit);
            let first = &expected[..limit.min(expected.len())];
            prop_assert_eq!(&limited.all(db).await.unwrap()[..], first, "{}", limited.explain().unwrap());
            if limit > 0 {
                pages::assert_pages_join(db, &limited, &expected).await?;
            }
        }
        Ok(())
    }
}

pub(super) fn read() -> impl Strategy<Value = Read> {
    selection().prop_map(Read)
}
