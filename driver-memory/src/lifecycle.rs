//! The lifecycle of tables and indexes: states that end at a deadline.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// The lifecycle state of a table or an index, with the time at which it ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Lifecycle {
    Active,
    Creating { until: DateTime<Utc> },
    Updating { until: DateTime<Utc> },
    Deleting { until: DateTime<Utc> },
}

impl Lifecycle {
    /// Returns the state after a creation that takes `delay`: [`Active`](Self::Active) if that is zero.
    pub(crate) fn creating(now: DateTime<Utc>, delay: Duration) -> Self {
        if delay.is_zero() { Self::Active } else { Self::Creating { until: time_after(now, delay) } }
    }

    /// Returns the state after an update that takes `delay`: [`Active`](Self::Active) if that is zero.
    pub(crate) fn updating(now: DateTime<Utc>, delay: Duration) -> Self {
        if delay.is_zero() { Self::Active } else { Self::Updating { until: time_after(now, delay) } }
    }

    /// Returns the state after a deletion that takes `delay`. Callers remove the table or index themselves if that is
    /// zero.
    pub(crate) fn deleting(now: DateTime<Utc>, delay: Duration) -> Self {
        Self::Deleting { until: time_after(now, delay) }
    }

    /// Returns the time at which the state ends.
    pub(crate) const fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Active => None,
            Self::Creating { until } | Self::Updating { until } | Self::Deleting { until } => Some(until),
        }
    }

    /// Returns the state at `now`, or `None` if the table or index has been deleted by then.
    pub(crate) fn at(self, now: DateTime<Utc>) -> Option<Self> {
        match self {
            Self::Deleting { until } if until <= now => None,
            Self::Creating { until } | Self::Updating { until } if until <= now => Some(Self::Active),
            unchanged => Some(unchanged),
        }
    }
}

/// Returns the time `delay` after `now`, at most the end of chrono's calendar.
pub(crate) fn time_after(now: DateTime<Utc>, delay: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(delay).ok().and_then(|delay| now.checked_add_signed(delay)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Returns the time `age` before `now`, at least the start of chrono's calendar.
pub(crate) fn time_before(now: DateTime<Utc>, age: TimeDelta) -> DateTime<Utc> {
    now.checked_sub_signed(age).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_ends_at_its_deadline() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let second = Duration::from_secs(1);
        assert_eq!(Lifecycle::creating(start, Duration::ZERO), Lifecycle::Active);
        let creating = Lifecycle::creating(start, second);
        assert_eq!(creating.at(start), Some(creating));
        assert_eq!(creating.at(time_after(start, second)), Some(Lifecycle::Active));
        assert_eq!(Lifecycle::deleting(start, second).at(time_after(start, second)), None);
        assert_eq!(time_after(start, Duration::MAX), DateTime::<Utc>::MAX_UTC);
        assert_eq!(time_before(start, TimeDelta::MAX), DateTime::<Utc>::MIN_UTC);
    }
}
