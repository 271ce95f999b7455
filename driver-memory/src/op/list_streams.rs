//! `ListStreams`: streams in the order of their ARNs.

use djamodb_core::plan::{ListStreams, ListStreamsOutput, Stream};

use super::Answer;
use crate::error::Error;
use crate::page_size::page_size;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, list: &ListStreams) -> Result<Answer<ListStreamsOutput>, Error> {
    validate::list_streams::request(list)?;
    service.settle_all();
    let limit = page_size(list.limit, ListStreams::LIMIT_MAX);
    let start = list.exclusive_start_stream_arn.as_deref();
    let (page, goes_on) = service.streams.page(service.now(), list.table.as_ref(), start, limit);
    let streams: Vec<Stream> = page
        .iter()
        .map(|log| Stream { arn: log.arn.clone(), table: log.table.clone(), label: log.label.clone() })
        .collect();
    let last_evaluated_stream_arn = streams.last().filter(|_| goes_on).map(|stream| stream.arn.clone());
    Ok(Answer::new(ListStreamsOutput { streams, last_evaluated_stream_arn }, Vec::new()))
}
