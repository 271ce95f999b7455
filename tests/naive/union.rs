//! Checks of the union of all querysets of a case.

use std::collections::BTreeMap;

use djamodb::prelude::*;
use proptest::prelude::*;

use super::assert_same_items;
use super::reading::WithQuerySet;
use super::shape::Shape;
use super::signal::Signal;

pub(super) async fn check(db: &Database, shapes: &[Shape], signals: &[Signal]) -> Result<(), TestCaseError> {
    let (mut union, mut expected) = (None, BTreeMap::new());
    for shape in shapes {
        union = Some(shape.reading.with_queryset(Add { union, shape }).await);
        expected.extend(shape.expected(signals).into_iter().map(|signal| ((signal.device.clone(), signal.at), signal)));
    }
    let Some(union) = union else { return Ok(()) };
    let expected: Vec<Signal> = expected.into_values().collect();
    let all = union.all(db).await.unwrap();
    assert_same_items(&all, &expected)?;
    prop_assert_eq!(union.first(db).await.unwrap(), all.first().cloned());
    prop_assert_eq!(union.count(db).await.unwrap(), all.len() as u64);
    prop_assert_eq!(union.exists(db).await.unwrap(), !all.is_empty());
    prop_assert_eq!(&union.set_limit(3).all(db).await.unwrap()[..], &all[..all.len().min(3)]);
    Ok(())
}

/// Adds a queryset to a union.
struct Add<'a> {
    union: Option<QuerySet<Signal>>,
    shape: &'a Shape,
}

impl WithQuerySet for Add<'_> {
    type Output = QuerySet<Signal>;

    async fn call<I: Index<Model = Signal>>(self, start: QuerySet<Signal, Signal, I>) -> QuerySet<Signal> {
        let queryset = self.shape.queryset(start).hydrate();
        match self.union {
            None => Signal::objects().none().union(&queryset),
            Some(union) => union.union(&queryset),
        }
    }
}
