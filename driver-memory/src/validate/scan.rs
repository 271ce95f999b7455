//! Validation of `Scan`.

use djamodb_core::plan::{Scan, Segment, Select};
use djamodb_core::service::limits::TOTAL_SEGMENTS_MAX;

use super::constraints::Constraints;
use super::rule::expression::Expression;
use super::rule::{condition, expressions, projection, read, start_key};
use crate::error::ValidationError;
use crate::table_or_index::TableOrIndex;

pub(crate) fn request(scan: &Scan) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(&scan.table, || "tableName".into());
    if let Some(index) = &scan.index {
        constraints.name(index, || "indexName".into());
    }
    constraints.limit(scan.limit);
    if let Some(Segment { segment, total_segments }) = scan.segment {
        constraints.value(segment.into(), 0..=u64::from(TOTAL_SEGMENTS_MAX) - 1, || "segment".into());
        constraints.value(total_segments.into(), 1..=TOTAL_SEGMENTS_MAX.into(), || "totalSegments".into());
    }
    constraints.check()?;
    scan.segment.map_or(Ok(()), segment)?;
    let filter = scan.filter.as_ref().map(Expression::Filter);
    let projection = scan.select.as_ref().and_then(Select::projection).map(Expression::Projection);
    expressions::check([filter, projection]).map_err(ValidationError::with_size_of_condition)
}

pub(crate) fn against(scan: &Scan, source: &TableOrIndex<'_>) -> Result<(), ValidationError> {
    let (schema, index) = (source.schema(), source.index());
    read::consistency(index, scan.consistent)?;
    if let Some(start) = &scan.exclusive_start_key {
        start_key::shape(schema, index, start).map_err(|invalid| match (invalid, index) {
            // The service's message is more specific for scans of a table than for scans of an index and for queries.
            (ValidationError::StartKey, None) => {
                ValidationError::StartKeyElement(Box::new(ValidationError::KeyElement))
            }
            (invalid, _) => invalid,
        })?;
    }
    read::select(index, scan.select.as_ref())?;
    // Unlike a query, a scan accepts filters on attributes that the index does not project. They count as missing.
    condition::against(schema, scan.filter.as_ref())?;
    projection::against(schema, scan.select.as_ref().and_then(Select::projection))?;
    read::projection_against(schema, index, scan.select.as_ref())
}

const fn segment(Segment { segment, total_segments }: Segment) -> Result<(), ValidationError> {
    if segment >= total_segments { Err(ValidationError::SegmentTooLarge { segment, total_segments }) } else { Ok(()) }
}
