//! Random writes by querysets, checked against the same changes of a plain vector.

use djamodb::model::Edits;
use djamodb::prelude::*;
use proptest::prelude::*;
use proptest::sample::select;

use super::assert_same_items;
use super::reading::{Reading, WithQuerySet};
use super::shape::{Shape, shape};
use super::signal::{KINDS, Signal};

#[derive(Clone, Debug)]
pub(super) struct Write {
    shape: Shape,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Delete,
    DeleteChecked,
    Update(Edit),
}

/// An edit of attributes, some of which are keys of indexes.
#[derive(Clone, Debug)]
enum Edit {
    AddSize(u32),
    AddLevel,
    Kind(Option<&'static str>),
    NoKind,
    NoOwner,
    LevelAndNote,
}

impl Write {
    /// Makes the change in the table and in `signals`, then compares all items of the table and of an index.
    pub(super) async fn check(&self, db: &Database, signals: &mut Vec<Signal>) -> Result<(), TestCaseError> {
        let (changed, matching) = self.shape.reading.with_queryset(Make { write: self, db, signals }).await;
        prop_assert_eq!(changed, matching.len() as u64);
        self.change.apply(signals, &matching);
        assert_same_items(&Signal::objects().scan().consistent().all(db).await.unwrap(), signals)?;
        let with_kind: Vec<Signal> = signals.iter().filter(|signal| signal.kind.is_some()).cloned().collect();
        assert_same_items(&Signal::kinds().scan().all(db).await.unwrap(), &with_kind)
    }
}

/// Makes the change with a queryset.
struct Make<'a> {
    write: &'a Write,
    db: &'a Database,
    signals: &'a [Signal],
}

impl WithQuerySet for Make<'_> {
    /// Number of changed items, and the items that must have changed.
    type Output = (u64, Vec<Signal>);

    async fn call<I: Index<Model = Signal>>(self, start: QuerySet<Signal, Signal, I>) -> Self::Output {
        let Make { write: Write { shape, change }, db, signals } = self;
        let shape = shape.without_unprojected_clauses::<I>();
        let mut matching = shape.expected(signals);
        let mut queryset = shape.queryset(start);
        // Only the table has a total order, which determines the first items of a limit.
        if let (Reading::Table(_), Some(limit)) = (&shape.reading, shape.limit) {
            if !shape.forward {
                matching.reverse();
            }
            matching.truncate(limit);
            queryset = queryset.set_limit(limit);
        }
        let changed = match change {
            Change::Delete => queryset.delete(db).await,
            Change::DeleteChecked => queryset.delete_checked(db).await,
            Change::Update(edit) => queryset.update(edit.edits(), db).await,
        };
        (changed.unwrap(), matching)
    }
}

impl Change {
    fn apply(&self, signals: &mut Vec<Signal>, matching: &[Signal]) {
        match self {
            Self::Delete | Self::DeleteChecked => signals.retain(|signal| !matching.contains(signal)),
            Self::Update(edit) => {
                signals.iter_mut().filter(|signal| matching.contains(signal)).for_each(|signal| edit.apply(signal));
            }
        }
    }
}

impl Edit {
    fn edits(&self) -> Edits<Signal> {
        match self {
            Self::AddSize(size) => Signal::SIZE.add(*size),
            Self::AddLevel => Signal::LEVEL.set(F(Signal::LEVEL) + 1),
            Self::Kind(kind) => Signal::KIND.set(kind.map(str::to_owned)),
            Self::NoKind => Signal::KIND.remove(),
            Self::NoOwner => Signal::OWNER.set(None),
            Self::LevelAndNote => Signal::LEVEL.set(0.5) & Signal::NOTE.set("seen"),
        }
    }

    fn apply(&self, signal: &mut Signal) {
        match self {
            Self::AddSize(size) => signal.size = Some(signal.size.unwrap_or(0) + size),
            Self::AddLevel => signal.level += 1.0,
            Self::Kind(kind) => signal.kind = kind.map(str::to_owned),
            Self::NoKind => signal.kind = None,
            Self::NoOwner => signal.owner = None,
            Self::LevelAndNote => (signal.level, signal.note) = (0.5, Some("seen".to_owned())),
        }
    }
}

pub(super) fn write() -> impl Strategy<Value = Write> {
    let edit = prop_oneof![
        (1..3_u32).prop_map(Edit::AddSize),
        Just(Edit::AddLevel),
        prop::option::of(select(KINDS.to_vec())).prop_map(Edit::Kind),
        Just(Edit::NoKind),
        Just(Edit::NoOwner),
        Just(Edit::LevelAndNote),
    ];
    let change = prop_oneof![
        1 => Just(Change::Delete),
        1 => Just(Change::DeleteChecked),
        3 => edit.prop_map(Change::Update),
    ];
    (shape(), change).prop_map(|(shape, change)| Write { shape, change })
}
