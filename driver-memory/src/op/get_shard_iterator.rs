//! `GetShardIterator`: a place in a shard.

use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput};

use super::Answer;
use crate::error::Error;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, get: &GetShardIterator) -> Result<Answer<GetShardIteratorOutput>, Error> {
    validate::get_shard_iterator::request(get)?;
    let now = service.now();
    let log = service.streams.get(&get.stream_arn, now).ok_or(Error::NoStream)?;
    let iterator = log.iterator(now, &get.shard_id, &get.position)?;
    Ok(Answer::new(GetShardIteratorOutput { shard_iterator: iterator.to_string() }, Vec::new()))
}
