//! Shard iterators and their text form.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::{Error, ValidationError};

/// Time for which an iterator can be used.
const ITERATOR_LIFETIME: TimeDelta = TimeDelta::minutes(15);
const SEPARATOR: char = '|';

/// A position in a shard of a stream. The client receives it as text and sends it back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ShardIterator {
    pub(crate) stream_arn: String,
    pub(crate) shard_id: String,
    /// Lowest sequence number that is still to be read.
    pub(crate) sequence: u64,
    pub(crate) issued_at: DateTime<Utc>,
}

impl ShardIterator {
    /// Returns an iterator at `sequence` of the same shard, issued at `now`.
    pub(crate) fn advanced_to(&self, sequence: u64, now: DateTime<Utc>) -> Self {
        Self { sequence, issued_at: now, ..self.clone() }
    }

    /// Checks that the iterator is at most 15 minutes old.
    ///
    /// # Errors
    ///
    /// [`Error::ExpiredIterator`] if it is older.
    pub(crate) fn check_age(&self, now: DateTime<Utc>) -> Result<(), Error> {
        if now - self.issued_at > ITERATOR_LIFETIME { Err(Error::ExpiredIterator) } else { Ok(()) }
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
    type Err = ValidationError;

    fn from_str(text: &str) -> Result<Self, ValidationError> {
        let mut parts = text.split(SEPARATOR);
        let mut part = || parts.next().ok_or(ValidationError::ShardIterator);
        let (stream_arn, shard_id) = (part()?.to_owned(), part()?.to_owned());
        let sequence = part()?.parse().map_err(|_| ValidationError::ShardIterator)?;
        let issued_at =
            part()?.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or(ValidationError::ShardIterator)?;
        Ok(Self { stream_arn, shard_id, sequence, issued_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iterator_round_trips_through_text_and_expires_after_15_minutes() {
        let iterator = ShardIterator {
            stream_arn: "arn:aws:dynamodb:memory:0:table/t/stream/2026".to_owned(),
            shard_id: "shardId-1".to_owned(),
            sequence: 7,
            issued_at: DateTime::UNIX_EPOCH,
        };
        assert_eq!(iterator.to_string().parse(), Ok(iterator.clone()));
        for text in ["", "a|b|c|d", "a|b|1", "a|b|1|x"] {
            assert_eq!(text.parse::<ShardIterator>(), Err(ValidationError::ShardIterator), "{text}");
        }
        assert!(iterator.check_age(DateTime::UNIX_EPOCH + ITERATOR_LIFETIME).is_ok());
        assert!(iterator.check_age(DateTime::UNIX_EPOCH + ITERATOR_LIFETIME + TimeDelta::seconds(1)).is_err());
        // A forged iterator can carry any time, which must not overflow.
        let forged = ShardIterator { issued_at: DateTime::<Utc>::MAX_UTC, ..iterator };
        assert!(forged.check_age(DateTime::UNIX_EPOCH).is_ok());
    }
}
