//! Operations.

use std::fmt;

/// An operation of one subject. Each run uses other items, which a number decides.
pub struct Operation {
    /// The operation that all subjects of one group do.
    pub group: Group,
    /// The way in which it is done.
    pub subject: Subject,
    prepare: Option<Step>,
    run: Step,
}

type Step = Box<dyn FnMut(usize)>;

/// An operation that several subjects do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Reads one item by its key.
    Get,
    /// Replaces an item of a table without indexes.
    Put,
    /// Replaces an item of a table with one global index, whose keys change.
    PutIndexedOnce,
    /// Replaces an item of a table with three global indexes, whose keys change.
    PutIndexedThrice,
    /// Changes one attribute of an item.
    Update,
    /// Deletes an item of a table without indexes.
    Delete,
    /// Deletes an item of a table with three global indexes.
    DeleteIndexedThrice,
    /// Reads 20 items of one partition.
    Query20,
    /// Reads 100 items of one partition.
    Query100,
    /// Reads 20 items of one partition of a global index.
    IndexQuery20,
    /// Puts 25 items by one request.
    Batch25,
    /// Puts two items by one transaction.
    Transaction2,
    /// Builds and plans a queryset of three conditions.
    Plan,
}

impl Group {
    /// Returns the name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::PutIndexedOnce => "put, 1 index",
            Self::PutIndexedThrice => "put, 3 indexes",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::DeleteIndexedThrice => "delete, 3 indexes",
            Self::Query20 => "query of 20",
            Self::Query100 => "query of 100",
            Self::IndexQuery20 => "index query of 20",
            Self::Batch25 => "batch of 25",
            Self::Transaction2 => "transaction of 2",
            Self::Plan => "plan",
        }
    }
}

/// The way in which an operation is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// A `BTreeMap` alone.
    BareMap,
    /// The bare map, whose items are decoded by hand-written code.
    RowsByHand,
    /// A plan that the in-memory driver executes.
    Driver,
    /// A call of a model or a queryset.
    Models,
}

impl Subject {
    /// Returns the name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BareMap => "bare map",
            Self::RowsByHand => "rows by hand",
            Self::Driver => "driver",
            Self::Models => "models",
        }
    }
}

impl Operation {
    pub(crate) fn new(group: Group, subject: Subject, run: impl FnMut(usize) + 'static) -> Self {
        Self { group, subject, prepare: None, run: Box::new(run) }
    }

    /// Adds a step that runs before each run and is not measured.
    pub(crate) fn after(self, prepare: impl FnMut(usize) + 'static) -> Self {
        Self { prepare: Some(Box::new(prepare)), ..self }
    }

    /// Prepares the run of a number.
    pub fn prepare(&mut self, number: usize) {
        if let Some(prepare) = &mut self.prepare {
            prepare(number);
        }
    }

    /// Runs the operation.
    pub fn run(&mut self, number: usize) {
        (self.run)(number);
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.group.name(), self.subject.name())
    }
}
