//! The record of the attempts of one request.

use std::cell::{Cell, OnceCell};

use djamodb_core::driver::Applied;

/// The attempts of one request.
///
/// The SDK's error describes only the last attempt, which does not decide whether a write was applied: an earlier attempt may
/// have reached the service and lost its response before a later one was rejected.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    count: Cell<u32>,
    /// `true` while an attempt is being transmitted.
    in_flight: Cell<bool>,
    lost: Cell<u32>,
    endpoint: OnceCell<String>,
}

impl Attempts {
    /// Returns the number of attempts that were transmitted.
    pub(crate) fn count(&self) -> u32 {
        self.count.get()
    }

    /// Returns the number of attempts that ended without a response that says whether the request was applied.
    pub(crate) fn lost(&self) -> u32 {
        self.lost.get()
    }

    /// Returns whether a request that failed may have been applied.
    pub(crate) fn applied(&self) -> Applied {
        let may_be_applied = self.in_flight.get() || self.lost() > 0;
        if may_be_applied { Applied::Unknown } else { Applied::No }
    }

    /// Returns the URL of the first attempt, or `None` if no attempt was transmitted.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.get().map(String::as_str)
    }

    pub(super) fn begin(&self, endpoint: &str) {
        self.count.set(self.count.get().saturating_add(1));
        self.in_flight.set(true);
        self.endpoint.get_or_init(|| endpoint.to_owned());
    }

    pub(super) fn end(&self, is_outcome_known: bool) {
        // An attempt can also end before it is transmitted, for example while it is signed. Its outcome is always known.
        if self.in_flight.replace(false) && !is_outcome_known {
            self.lost.set(self.lost.get().saturating_add(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lost_response_makes_the_outcome_unknown() {
        let attempts = Attempts::default();
        attempts.end(false);
        assert_eq!((attempts.count(), attempts.applied()), (0, Applied::No));
        attempts.begin("http://a/");
        assert_eq!((attempts.count(), attempts.applied()), (1, Applied::Unknown));
        attempts.end(true);
        assert_eq!(attempts.applied(), Applied::No);

        attempts.begin("http://a/");
        attempts.end(false);
        attempts.begin("http://a/");
        attempts.end(true);
        assert_eq!((attempts.count(), attempts.lost(), attempts.applied()), (3, 1, Applied::Unknown));
        assert_eq!(attempts.endpoint(), Some("http://a/"));
    }
}
