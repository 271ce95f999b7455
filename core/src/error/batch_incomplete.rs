//! The error of a batch of which not all writes were made.

use std::fmt;

use crate::driver::DriverError;
use crate::run::WriteState;
use crate::value::{Item, Name, describe_key};

/// The error of a [`Batch`](crate::database::Batch) of which not all writes were made: every write, in order, with its state.
pub struct BatchIncomplete {
    /// All writes of the batch, in the order in which they were added.
    pub writes: Vec<BatchedWrite>,
    /// The error that ended the batch. `None` if the service left writes unprocessed until no attempt was left.
    pub error: Option<DriverError>,
}

/// One write of an incomplete batch.
#[derive(Clone, PartialEq, Debug)]
pub struct BatchedWrite {
    /// Name of the model.
    pub model: &'static str,
    /// Name of the method that added the write: `save` or `delete`.
    pub method: &'static str,
    /// The table.
    pub table: Name,
    /// Key of the item.
    pub key: Item,
    /// The state of the write.
    pub state: WriteState,
}

crate::debug_by_message!(struct BatchIncomplete { writes, error });

impl BatchIncomplete {
    /// Returns the writes that were made.
    pub fn written(&self) -> impl Iterator<Item = &BatchedWrite> {
        self.in_state(WriteState::Written)
    }

    /// Returns the writes that were not made.
    pub fn unprocessed(&self) -> impl Iterator<Item = &BatchedWrite> {
        self.in_state(WriteState::Unprocessed)
    }

    /// Returns the writes that may have been made, since a response was lost.
    pub fn unknown(&self) -> impl Iterator<Item = &BatchedWrite> {
        self.in_state(WriteState::Unknown)
    }

    fn in_state(&self, state: WriteState) -> impl Iterator<Item = &BatchedWrite> {
        self.writes.iter().filter(move |write| write.state == state)
    }
}

impl std::error::Error for BatchIncomplete {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.as_ref().map(|error| error as _)
    }
}

/// Maximum number of writes per state in a message.
const SHOWN_MAX: usize = 3;

impl fmt::Display for BatchedWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} with the key {}", self.method, self.model, describe_key(&self.key))
    }
}

impl fmt::Display for BatchIncomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the batch is incomplete: {} of {} writes done", self.written().count(), self.writes.len())?;
        for (state, text) in [(WriteState::Unprocessed, "not done"), (WriteState::Unknown, "possibly done")] {
            let count = self.in_state(state).count();
            if count > 0 {
                let shown: Vec<_> = self.in_state(state).take(SHOWN_MAX).map(ToString::to_string).collect();
                let more = if count > SHOWN_MAX { "; …" } else { "" };
                write!(f, ", {count} {text} ({}{more})", shown.join("; "))?;
            }
        }
        match &self.error {
            Some(error) => write!(f, ": {error}"),
            None => f.write_str(": the service left them unprocessed in every attempt; try again later"),
        }
    }
}
