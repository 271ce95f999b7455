//! `Scan`: a whole table or index, or a segment of it, in the order of hashes.

use djamodb_core::plan::{Scan, ScanOutput};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::key_range::KeyRange;
use crate::open::Open;
use crate::page::{Page, Wanted};
use crate::service::Service;
use crate::source::Source;
use crate::validate;

pub(super) fn execute(service: &Service, scan: &Scan) -> Result<Answer<ScanOutput>, Error> {
    validate::scan::request(scan)?;
    let table = service.table(&scan.table)?;
    let table = Open::items(&table, service.clock())?;
    let source = table.source(scan.index.as_ref())?;
    validate::scan::against(scan, &source)?;

    let wanted = Wanted {
        filter: scan.filter.as_ref(),
        select: scan.select.as_ref(),
        limit: scan.limit,
        forward: true,
        consistent: scan.consistent,
    };
    let Page { items, count, scanned_count, last_evaluated_key, spent } =
        Page::read(&source, &range(scan, &source)?, wanted);
    let output = ScanOutput { items, count, scanned_count, last_evaluated_key };
    Ok(Answer::new(output, table.told(&spent, scan.return_consumed_capacity)))
}

/// What is left to be read.
fn range(scan: &Scan, source: &Source<'_>) -> Result<KeyRange, Invalid> {
    let range = scan.segment.map_or_else(KeyRange::all, KeyRange::of_segment);
    let Some(start) = &scan.exclusive_start_key else {
        return Ok(range);
    };
    let position = source.position(start).ok_or(Invalid::StartKey)?;
    match scan.segment {
        Some(segment) if !range.contains(&position) => {
            Err(Invalid::StartKeyOfOtherSegment { segment: segment.segment, total_segments: segment.total_segments })
        }
        _ => Ok(range.after(position, true)),
    }
}
