//! What `Scan` refuses.

use djamodb_core::plan::{Scan, Segment};
use djamodb_core::service::limits::TOTAL_SEGMENTS_MAX;

use super::rule::{condition, name, projection, source, start_key};
use crate::error::{Invalid, Kind};
use crate::source::Source;

pub(crate) fn request(scan: &Scan) -> Result<(), Invalid> {
    name::table(&scan.table)?;
    source::limit(scan.limit)?;
    scan.segment.map_or(Ok(()), segment)?;
    source::select(scan.index.as_ref(), scan.select.as_ref())?;
    condition::request(Kind::Filter, scan.filter.as_ref())?;
    projection::request(source::projection(scan.select.as_ref()))
}

pub(crate) fn against(scan: &Scan, read: &Source<'_>) -> Result<(), Invalid> {
    let (schema, index) = (read.schema(), read.index());
    source::consistent(index, scan.consistent)?;
    if let Some(start) = &scan.exclusive_start_key {
        start_key::shape(schema, index, start).map_err(|invalid| match (invalid, index) {
            // Of a table the service says more than of an index, or than in a query.
            (Invalid::StartKey, None) => Invalid::StartKeyElement(Box::new(Invalid::KeyElement)),
            (invalid, _) => invalid,
        })?;
    }
    // The filter may name what the index does not hold: unlike a query, a scan takes that for missing.
    source::selected(schema, index, scan.select.as_ref())?;
    projection::against(schema, source::projection(scan.select.as_ref()))?;
    condition::against(schema, scan.filter.as_ref())
}

const fn segment(Segment { segment, total_segments }: Segment) -> Result<(), Invalid> {
    if total_segments == 0 {
        Err(Invalid::TotalSegmentsZero)
    } else if total_segments > TOTAL_SEGMENTS_MAX {
        Err(Invalid::TotalSegmentsTooMany(total_segments))
    } else if segment >= total_segments {
        Err(Invalid::SegmentTooLarge { segment, total_segments })
    } else {
        Ok(())
    }
}
