//! Errors of receivers of signals.

use std::fmt;
use std::sync::Arc;

/// A receiver of a signal returned an error.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignalFailed {
    /// The signal.
    pub signal: Signal,
    /// Name of the model.
    pub model: &'static str,
    /// The error of the receiver.
    pub error: Arc<dyn std::error::Error + Send + Sync>,
}

/// A signal of the values of a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// Before a value is written.
    PreSave,
    /// After a value was written.
    PostSave,
    /// Before the item of a value is deleted.
    PreDelete,
    /// After the item of a value was deleted.
    PostDelete,
    /// Before an item is decoded.
    PreInit,
    /// After an item was decoded.
    PostInit,
}

impl SignalFailed {
    /// Returns `true` if the write was carried out before the receiver failed.
    pub fn is_written(&self) -> bool {
        matches!(self.signal, Signal::PostSave | Signal::PostDelete)
    }
}

/// Writes Django's name of the signal.
impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PreSave => "pre_save",
            Self::PostSave => "post_save",
            Self::PreDelete => "pre_delete",
            Self::PostDelete => "post_delete",
            Self::PreInit => "pre_init",
            Self::PostInit => "post_init",
        })
    }
}

impl fmt::Display for SignalFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = match self.signal {
            Signal::PreSave | Signal::PreDelete => ", and nothing was sent",
            Signal::PostSave => ", after the value was written",
            Signal::PostDelete => ", after the item was deleted",
            Signal::PreInit | Signal::PostInit => "",
        };
        write!(f, "{} of {} failed{effect}: {}", self.signal, self.model, self.error)
    }
}

impl fmt::Debug for SignalFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for SignalFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.error)
    }
}
