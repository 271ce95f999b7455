//! `Scan`: a whole table or index, or a segment of it, in hash order.

use djamodb_core::plan::{Scan, ScanOutput};

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::key_range::KeyRange;
use crate::open_table::OpenTable;
use crate::page::{Page, PageRequest};
use crate::response::Response;
use crate::table_or_index::TableOrIndex;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, scan: &Scan) -> Result<Response<ScanOutput>, Error> {
    validate::scan::request(scan)?;
    let table = emulator.table(&scan.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    let source = table.table_or_index(scan.index.as_ref())?;
    validate::scan::against(scan, &source)?;

    let request = PageRequest {
        filter: scan.filter.as_ref(),
        select: scan.select.as_ref(),
        limit: emulator.page_limit(scan.limit),
        forward: true,
        consistent: scan.consistent,
    };
    let Page { items, count, scanned_count, last_evaluated_key, consumed } =
        Page::read(&source, &range(scan, &source)?, request);
    let output = ScanOutput { items, count, scanned_count, last_evaluated_key };
    Ok(Response::new(output, table.report(&consumed, scan.return_consumed_capacity)))
}

/// Returns the keys of the segment after the start key.
fn range(scan: &Scan, source: &TableOrIndex<'_>) -> Result<KeyRange, ValidationError> {
    let range = scan.segment.map_or_else(KeyRange::all, KeyRange::of_segment);
    let Some(start) = &scan.exclusive_start_key else {
        return Ok(range);
    };
    let key = source.encode_key(start).ok_or(ValidationError::StartKey)?;
    match scan.segment {
        Some(segment) if !range.contains(&key) => Err(ValidationError::StartKeyOfOtherSegment {
            segment: segment.segment,
            total_segments: segment.total_segments,
        }),
        _ => Ok(range.resume_after(key, true)),
    }
}
