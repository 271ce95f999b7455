//! How far several writes came.

use std::fmt;

use crate::driver::DriverError;
use crate::value::{Item, describe_key};

/// How far an operation came that makes several writes, where not all could be made. Every key that it knew of is among those
/// that are done, in one of the lists here, or was passed over as the operation says.
#[derive(Debug)]
pub struct WritesIncomplete {
    /// The model.
    pub model: &'static str,
    /// What was to be done: `update`, `delete`, `delete_checked`, `bulk_create`, `bulk_update`.
    pub operation: &'static str,
    /// How many writes were made.
    pub done: u64,
    /// The keys of values that were to be created and that exist already, where that is a failure.
    pub existing: Vec<Item>,
    /// The keys whose write was not made.
    pub unprocessed: Vec<Item>,
    /// The keys whose write may have been made: its answer was lost.
    pub unknown: Vec<Item>,
    /// Whether further items may match that were not read.
    pub may_have_more: bool,
    /// What ended it; nothing when nothing failed but that items exist, or when the service kept leaving writes unprocessed.
    pub error: Option<DriverError>,
}

/// How many keys a message names.
const SHOWN_MAX: usize = 3;

impl fmt::Display for WritesIncomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}: {} done", self.operation, self.model, self.done)?;
        for (keys, what) in [
            (&self.existing, "exist already"),
            (&self.unprocessed, "not done"),
            (&self.unknown, "not known to be done"),
        ] {
            if !keys.is_empty() {
                let shown: Vec<_> = keys.iter().take(SHOWN_MAX).map(describe_key).collect();
                let more = if keys.len() > SHOWN_MAX { "; …" } else { "" };
                write!(f, ", {} {what} ({}{more})", keys.len(), shown.join("; "))?;
            }
        }
        if self.may_have_more {
            f.write_str(", and more may match")?;
        }
        match &self.error {
            Some(error) => write!(f, ": {error}"),
            None if self.unprocessed.is_empty() => Ok(()),
            None => f.write_str(": the service left them unprocessed again and again; try later"),
        }
    }
}
