//! `GetShardIterator`: an iterator at a position of a shard.

use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, get: &GetShardIterator) -> Result<Response<GetShardIteratorOutput>, Error> {
    validate::streams::get_shard_iterator(get)?;
    let now = emulator.now();
    let log = emulator.streams.get(&get.stream_arn, now).ok_or(Error::NoStream)?;
    let iterator = log.iterator(now, &get.shard_id, &get.position)?;
    Ok(Response::without_capacity(GetShardIteratorOutput { shard_iterator: iterator.to_string() }))
}
