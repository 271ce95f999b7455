//! What a queryset asks.

use super::LastEvaluatedKey;
use crate::expression::Path;
use crate::model::{CodecError, Filter, IndexMeta, ModelSchema, OrderBy};
use crate::plan::Segment;
use crate::value::{AttributeValue, Name};

/// What a queryset asks, without the model's type.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is set by a method of its own")]
pub struct Request {
    /// The model.
    pub schema: &'static ModelSchema,
    /// What to read: the table or one of its indexes.
    pub index: &'static IndexMeta,
    /// Whether `index` was named rather than left as it was.
    pub index_given: bool,
    /// The hash key, if it was set: a value for each hash attribute.
    pub hash_key: Option<Result<Vec<AttributeValue>, CodecError>>,
    /// The lookups.
    pub filter: Filter,
    /// How many results at most.
    pub limit: Option<usize>,
    /// Where to go on.
    pub start: Option<LastEvaluatedKey>,
    /// Ascending by range key, or descending.
    pub forward: bool,
    /// Whether the answer is to be empty whatever the rest says.
    pub none: bool,
    /// Whether to see every write that was acknowledged before.
    pub consistent: bool,
    /// Whether the whole table or index may be read where nothing says which partition.
    pub scan: bool,
    /// The part of a scan that is read, when several are read side by side.
    pub segment: Option<Segment>,
    /// By which attribute the results are to be ordered.
    pub order: Option<OrderBy>,
    /// Whether what an index does not hold may be fetched from the table.
    pub hydrate: bool,
    /// The most read and write units that may be consumed per second; unlimited when absent.
    pub units_per_second: Option<f64>,
    /// Which parts of each item are wanted; all of it when absent.
    pub parts: Option<Vec<Path>>,
}

/// What is wanted of the items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResultKind {
    /// The items.
    Items,
    /// Their keys.
    Keys,
    /// The key of the last one: the page token of the items, of which only keys are read.
    LastKey,
    /// How many there are.
    Count,
    /// Whether there is one.
    Exists,
}

impl Request {
    /// All items of a model's table or index.
    pub fn new(schema: &'static ModelSchema, index: &'static IndexMeta) -> Self {
        Self {
            schema,
            index,
            index_given: false,
            hash_key: None,
            filter: Filter::All(Vec::new()),
            limit: None,
            start: None,
            forward: true,
            none: false,
            consistent: false,
            scan: false,
            segment: None,
            order: None,
            hydrate: false,
            units_per_second: None,
            parts: None,
        }
    }

    /// The attributes that are wanted of each item.
    pub(super) fn names_to_read(&self) -> Vec<&Name> {
        match &self.parts {
            Some(parts) => parts.iter().map(|path| &path.name).collect(),
            None => self.schema.attributes.iter().map(|attribute| &attribute.name).collect(),
        }
    }
}
