//! Bound on the levels of lists and maps that codecs enter.
//!
//! A document that contains itself, through a list or a map, has any depth. The codecs of its parts call each other, so without a bound
//! a deep value would exhaust the stack.

use std::cell::Cell;

use crate::model::{CodecError, CodecErrorKind};
use crate::service::limits::ITEM_LEVELS_MAX;

thread_local! {
    /// Number of lists and maps whose values this thread encodes or decodes at the moment.
    static ENTERED: Cell<usize> = const { Cell::new(0) };
}

/// A list or a map whose values are encoded or decoded. Dropping it leaves the level.
pub(super) struct Level(());

impl Level {
    /// Enters a list or a map.
    ///
    /// # Errors
    ///
    /// Returns [`CodecErrorKind::TooDeep`] inside of 32 others.
    pub(super) fn enter() -> Result<Self, CodecError> {
        ENTERED.with(|entered| {
            if entered.get() == ITEM_LEVELS_MAX {
                return Err(CodecError::new(CodecErrorKind::TooDeep));
            }
            entered.set(entered.get() + 1);
            Ok(Self(()))
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        ENTERED.with(|entered| entered.set(entered.get() - 1));
    }
}
