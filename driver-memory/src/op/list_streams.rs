//! `ListStreams`: streams in the order of their ARNs.

use djamodb_core::plan::{ListStreams, ListStreamsOutput, Stream};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::page_size::page_size;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, list: &ListStreams) -> Result<Response<ListStreamsOutput>, Error> {
    validate::streams::list_streams(list)?;
    emulator.apply_all_due_transitions();
    let limit = page_size(list.limit, ListStreams::LIMIT_MAX);
    let start = list.exclusive_start_stream_arn.as_deref();
    let table_arn = list.table.as_ref().map(|table| emulator.arns.table(table));
    let (page, has_more) = emulator.streams.page(emulator.now(), table_arn.as_deref(), start, limit);
    let streams: Vec<Stream> = page.iter().map(|log| log.identity.clone()).collect();
    let last_evaluated_stream_arn = streams.last().filter(|_| has_more).map(|stream| stream.arn.clone());
    Ok(Response::without_capacity(ListStreamsOutput { streams, last_evaluated_stream_arn }))
}
