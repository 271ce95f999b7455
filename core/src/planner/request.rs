//! The planner's input.

use std::sync::Arc;

use super::{FilterChain, LastEvaluatedKey};
use crate::expression::Path;
use crate::model::{AttributeMeta, CodecError, IndexMeta, ModelSchema, OrderBy};
use crate::plan::Segment;
use crate::value::{AttributeValue, Name};

/// The options of a queryset, without the model's type.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own, set by a method of its own")]
pub(crate) struct Request {
    /// The model's schema.
    pub(crate) schema: &'static ModelSchema,
    /// The models whose items are read, if they are several. `schema` is that of the first.
    pub(crate) members: Option<Arc<[&'static ModelSchema]>>,
    /// The table or the index of the queryset.
    pub(crate) index: &'static IndexMeta,
    /// `true` if `set_index` chose `index`.
    pub(crate) index_given: bool,
    /// A value for each hash attribute of `index`, or the error of encoding them; `None` if no hash key is set.
    pub(crate) hash_key: Option<Result<Arc<[AttributeValue]>, CodecError>>,
    /// The lookups.
    pub(crate) filter: FilterChain,
    /// Maximum number of results.
    pub(crate) limit: Option<usize>,
    /// The page token after which reading starts.
    pub(crate) start: Option<LastEvaluatedKey>,
    /// `true` if range keys are read in ascending order.
    pub(crate) forward: bool,
    /// `true` if the result is empty by request.
    pub(crate) none: bool,
    /// `true` if reads are strongly consistent.
    pub(crate) consistent: bool,
    /// `true` if the table or the index may be scanned when the lookups name no hash key.
    pub(crate) scan: bool,
    /// The segment of a parallel scan.
    pub(crate) segment: Option<Segment>,
    /// The attribute by which the results are ordered.
    pub(crate) order: Option<OrderBy>,
    /// `true` if attributes that a global index does not project may be fetched from the table.
    pub(crate) hydrate: bool,
    /// Maximum number of read and write units per second; unlimited if `None`.
    pub(crate) units_per_second: Option<f64>,
    /// The parts of each item that are read; whole items if `None`.
    pub(crate) parts: Option<Vec<Path>>,
}

/// The kind of result that a read produces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ResultKind {
    /// Items.
    Items,
    /// The keys of items.
    Keys,
    /// The key of the last item, which is the page token of the items. Only keys are read.
    LastKey,
    /// The number of items.
    Count,
    /// The existence of an item.
    Exists,
}

impl Request {
    /// Creates the request for all items of a model's table or index.
    pub(crate) fn new(schema: &'static ModelSchema, index: &'static IndexMeta) -> Self {
        Self {
            schema,
            members: None,
            index,
            index_given: false,
            hash_key: None,
            filter: FilterChain::default(),
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

    /// Returns the values of the hash key that is set; none if there is no hash key.
    pub(super) fn hash_values(&self) -> &[AttributeValue] {
        match &self.hash_key {
            Some(Ok(values)) => values,
            Some(Err(_)) | None => &[],
        }
    }

    /// Returns the names of the attributes that are read of each item.
    pub(super) fn names_to_read(&self) -> impl Iterator<Item = &Name> {
        let attributes: &[AttributeMeta] = if self.parts.is_some() { &[] } else { &self.schema.attributes };
        let parts = self.parts.iter().flatten().map(|path| &path.name);
        parts.chain(attributes.iter().map(|attribute| &attribute.name))
    }
}
