//! The report of several writes of which not all were carried out.

use std::fmt;

use super::SignalFailed;
use crate::driver::DriverError;
use crate::value::{Item, describe_key};

/// The report of a call that makes several writes, of which not all were carried out.
///
/// Each key that the call read or received is counted in [`done`](Self::done), is in one of the other lists, or was skipped as the
/// documentation of the method says.
pub struct WritesIncomplete {
    /// The model.
    pub model: &'static str,
    /// Name of the method: `update`, `delete`, `delete_checked`, `bulk_create`, `bulk_update`.
    pub operation: &'static str,
    /// Number of writes that were carried out.
    pub done: u64,
    /// Keys of writes that were carried out: all of them for `bulk_create` and `bulk_update`, and those of the last page of items for the
    /// methods that read the items first, whose number has no bound.
    pub written: Vec<Item>,
    /// Keys of values that were to be created and that already exist, unless the call ignores those.
    pub existing: Vec<Item>,
    /// Keys of values that are not the latest ones: the stored item has another version. On a driver that does not return the stored item of
    /// a failed condition, these include values without an item.
    pub stale: Vec<Item>,
    /// Keys of values with a unique value that another item has already.
    pub duplicates: Vec<Item>,
    /// Keys of writes that were not carried out.
    pub unprocessed: Vec<Item>,
    /// Keys of writes that may have been carried out, since a response was lost. They stay in this list also if a later attempt
    /// left them unprocessed.
    pub unknown: Vec<Item>,
    /// `true` if items that were not read may match.
    pub may_have_more: bool,
    /// The error that ended the call. `None` if nothing failed but what the lists above say, if a receiver of a signal failed, or if the service
    /// left writes unprocessed until no attempt was left.
    pub error: Option<DriverError>,
    /// Key of the item whose write failed with [`error`](Self::error). `None` if a read or the write of a batch failed.
    pub failed: Option<Item>,
    /// The error of a receiver of a signal that ended the call.
    pub signal: Option<SignalFailed>,
}

crate::debug_by_message!(struct WritesIncomplete {
    model,
    operation,
    done,
    written,
    existing,
    stale,
    duplicates,
    unprocessed,
    unknown,
    may_have_more,
    error,
    failed,
    signal,
});

impl std::error::Error for WritesIncomplete {}

/// Maximum number of keys per list in a message.
const SHOWN_MAX: usize = 3;

impl fmt::Display for WritesIncomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} is incomplete: {} done", self.operation, self.model, self.done)?;
        for (keys, state) in [
            (&self.existing, "already exist"),
            (&self.stale, "changed by another writer since they were read"),
            (&self.duplicates, "with a unique value that another item has"),
            (&self.unprocessed, "not done"),
            (&self.unknown, "possibly done"),
        ] {
            if !keys.is_empty() {
                let shown: Vec<_> = keys.iter().take(SHOWN_MAX).map(describe_key).collect();
                let more = if keys.len() > SHOWN_MAX { "; …" } else { "" };
                write!(f, ", {} {state} ({}{more})", keys.len(), shown.join("; "))?;
            }
        }
        if self.may_have_more {
            f.write_str(", further items may match")?;
        }
        match (&self.error, &self.failed) {
            (Some(error), Some(key)) => write!(f, ": the write of {} failed: {error}", describe_key(key)),
            (Some(error), None) => write!(f, ": {error}"),
            (None, _) if self.signal.is_some() => self.signal.iter().try_for_each(|signal| write!(f, ": {signal}")),
            (None, _) if self.unprocessed.is_empty() && self.unknown.is_empty() => Ok(()),
            (None, _) => f.write_str(": the service left them unprocessed in every attempt; try again later"),
        }
    }
}
