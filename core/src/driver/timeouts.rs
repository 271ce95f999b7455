//! Time limits of requests over a network.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{OutOfRange, check_range};

/// Time limits of a request, for drivers over a network. Each is from 1 ms to 1 h, or `None` for its default.
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_core::driver::Timeouts;
///
/// let timeouts = Timeouts { read: Some(Duration::from_secs(2)), ..Timeouts::default() };
/// assert_eq!(timeouts.attempt(), Duration::from_secs(3 + 2 + 7));
/// assert_eq!(timeouts.operation(), Duration::from_secs(36));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timeouts {
    /// Longest time to open a connection.
    pub connect: Option<Duration>,
    /// Longest silence before a response, see each driver.
    pub read: Option<Duration>,
    /// Longest time of one attempt, from loading the credentials to the last byte of the response.
    pub attempt: Option<Duration>,
    /// Longest time of a request with all its attempts and the waits between them.
    pub operation: Option<Duration>,
}

impl Timeouts {
    /// Default of [`connect`](Self::connect). Within a region, connections open in milliseconds, so this covers two lost packets.
    pub const DEFAULT_CONNECT: Duration = Duration::from_secs(3);

    /// Default of [`read`](Self::read). The service ends its own processing of a request sooner, so a longer silence means that no
    /// response will come.
    pub const DEFAULT_READ: Duration = Duration::from_secs(10);

    /// Time for the body of a response in the default of [`attempt`](Self::attempt). It suffices for the largest response, the 16 MB
    /// of `BatchGetItem`, at 20 Mbit/s.
    pub const DEFAULT_BODY: Duration = Duration::from_secs(7);

    /// Range of each time limit.
    pub const RANGE: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(3600);

    /// Returns the longest time to open a connection, 3 s by default.
    pub fn connect(&self) -> Duration {
        self.connect.unwrap_or(Self::DEFAULT_CONNECT)
    }

    /// Returns the longest silence before a response, 10 s by default.
    pub fn read(&self) -> Duration {
        self.read.unwrap_or(Self::DEFAULT_READ)
    }

    /// Returns the longest time of one attempt: by default the sum of [`connect`](Self::connect), [`read`](Self::read) and 7 s for the
    /// body, which is 20 s with the defaults of these.
    pub fn attempt(&self) -> Duration {
        let in_parts = || self.connect().saturating_add(self.read()).saturating_add(Self::DEFAULT_BODY);
        self.attempt.unwrap_or_else(in_parts)
    }

    /// Returns the longest time of a request: by default that of three [attempts](Self::attempt), which is 60 s with the defaults.
    /// Attempts that fail at once leave the time to others and to waits.
    pub fn operation(&self) -> Duration {
        self.operation.unwrap_or_else(|| self.attempt().saturating_mul(3))
    }

    /// Requires that each time limit is within [its range](Self::RANGE).
    ///
    /// # Errors
    ///
    /// Returns the first time limit that is not, under the name of its setting, `connect_timeout` for example.
    pub fn check(&self) -> Result<(), OutOfRange> {
        for (setting, timeout) in [
            ("connect_timeout", self.connect),
            ("read_timeout", self.read),
            ("attempt_timeout", self.attempt),
            ("operation_timeout", self.operation),
        ] {
            timeout.map_or(Ok(()), |timeout| check_range(setting, timeout, &Self::RANGE))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_has_20_s_and_an_operation_60_s_unless_configured() {
        let seconds = Duration::from_secs;
        let defaults = Timeouts::default();
        let all = |timeouts: Timeouts| [timeouts.connect(), timeouts.read(), timeouts.attempt(), timeouts.operation()];
        assert_eq!(all(defaults), [3, 10, 20, 60].map(seconds));
        assert_eq!(all(Timeouts { connect: Some(seconds(1)), ..defaults }), [1, 10, 18, 54].map(seconds));
        assert_eq!(all(Timeouts { attempt: Some(seconds(5)), ..defaults }), [3, 10, 5, 15].map(seconds));
        assert_eq!(all(Timeouts { operation: Some(seconds(5)), ..defaults }), [3, 10, 20, 5].map(seconds));
    }

    #[test]
    fn time_limits_are_from_a_millisecond_to_an_hour() {
        type Set = fn(Duration) -> Timeouts;

        for limit in [Duration::from_millis(1), Duration::from_secs(3600)].map(Some) {
            let timeouts = Timeouts { connect: limit, read: limit, attempt: limit, operation: limit };
            assert_eq!(timeouts.check(), Ok(()));
        }
        let set: [(&str, Set); 4] = [
            ("connect_timeout", |limit| Timeouts { connect: Some(limit), ..Timeouts::default() }),
            ("read_timeout", |limit| Timeouts { read: Some(limit), ..Timeouts::default() }),
            ("attempt_timeout", |limit| Timeouts { attempt: Some(limit), ..Timeouts::default() }),
            ("operation_timeout", |limit| Timeouts { operation: Some(limit), ..Timeouts::default() }),
        ];
        for (setting, timeouts) in set {
            for limit in [Duration::ZERO, Duration::from_secs(3601), Duration::MAX] {
                let error = timeouts(limit).check().unwrap_err();
                assert_eq!((error.setting, &*error.min, &*error.max), (setting, "1ms", "3600s"));
            }
        }
    }
}
