//! Places in shards, as text that is given out and comes back.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::{Error, Invalid};

/// How long a place can be used.
const USABLE: TimeDelta = TimeDelta::minutes(15);
const SEPARATOR: char = '|';

/// A place in a shard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ShardIterator {
    pub(crate) stream_arn: String,
    pub(crate) shard_id: String,
    /// The least sequence number that is still to be read.
    pub(crate) sequence: u64,
    pub(crate) issued_at: DateTime<Utc>,
}

impl ShardIterator {
    /// A later place in the same shard.
    pub(crate) fn moved_to(&self, sequence: u64, now: DateTime<Utc>) -> Self {
        Self { sequence, issued_at: now, ..self.clone() }
    }

    /// Whether it can still be used.
    pub(crate) fn usable(&self, now: DateTime<Utc>) -> Result<(), Error> {
        if now - self.issued_at > USABLE { Err(Error::ExpiredIterator) } else { Ok(()) }
    }
}

impl fmt::Display for ShardIterator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stream_arn, shard_id, sequence, issued_at } = self;
        let issued_at = issued_at.timestamp_millis();
        write!(f, "{stream_arn}{SEPARATOR}{shard_id}{SEPARATOR}{sequence}{SEPARATOR}{issued_at}")
    }
}

impl FromStr for ShardIterator {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let mut parts = text.split(SEPARATOR);
        let mut part = || parts.next().ok_or(Invalid::ShardIterator);
        let (stream_arn, shard_id) = (part()?.to_owned(), part()?.to_owned());
        let sequence = part()?.parse().map_err(|_| Invalid::ShardIterator)?;
        let issued_at = part()?.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or(Invalid::ShardIterator)?;
        Ok(Self { stream_arn, shard_id, sequence, issued_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_given_out() {
        let iterator = ShardIterator {
            stream_arn: "arn:aws:dynamodb:memory:0:table/t/stream/2026".to_owned(),
            shard_id: "shardId-1".to_owned(),
            sequence: 7,
            issued_at: DateTime::UNIX_EPOCH,
        };
        assert_eq!(iterator.to_string().parse(), Ok(iterator.clone()));
        for text in ["", "a|b|c|d", "a|b|1", "a|b|1|x"] {
            assert_eq!(text.parse::<ShardIterator>(), Err(Invalid::ShardIterator), "{text}");
        }
        assert!(iterator.usable(DateTime::UNIX_EPOCH + USABLE).is_ok());
        assert!(iterator.usable(DateTime::UNIX_EPOCH + USABLE + TimeDelta::seconds(1)).is_err());
        // A place that was never given out can be of any time.
        let forged = ShardIterator { issued_at: DateTime::<Utc>::MAX_UTC, ..iterator };
        assert!(forged.usable(DateTime::UNIX_EPOCH).is_ok());
    }
}
