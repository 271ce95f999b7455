//! The life of a table and of an index: states that end by themselves, by the clock.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// Until when a state lasts. Without a delay it never was.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Life {
    Active,
    Creating { until: DateTime<Utc> },
    Updating { until: DateTime<Utc> },
    Deleting { until: DateTime<Utc> },
}

impl Life {
    pub(crate) fn creating(now: DateTime<Utc>, delay: Duration) -> Self {
        if delay.is_zero() { Self::Active } else { Self::Creating { until: after(now, delay) } }
    }

    pub(crate) fn updating(now: DateTime<Utc>, delay: Duration) -> Self {
        if delay.is_zero() { Self::Active } else { Self::Updating { until: after(now, delay) } }
    }

    /// What is deleted at once is not here any more; so this is never asked for without a delay.
    pub(crate) fn deleting(now: DateTime<Utc>, delay: Duration) -> Self {
        Self::Deleting { until: after(now, delay) }
    }

    /// When the state ends, if it does.
    pub(crate) const fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Active => None,
            Self::Creating { until } | Self::Updating { until } | Self::Deleting { until } => Some(until),
        }
    }

    /// The state now; `None` when the thing is gone by now.
    pub(crate) fn at(self, now: DateTime<Utc>) -> Option<Self> {
        match self {
            Self::Deleting { until } if until <= now => None,
            Self::Creating { until } | Self::Updating { until } if until <= now => Some(Self::Active),
            still => Some(still),
        }
    }
}

/// A moment after `now`; the end of time rather than an overflow.
pub(crate) fn after(now: DateTime<Utc>, delay: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(delay).ok().and_then(|delay| now.checked_add_signed(delay)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_ends_when_its_time_is_over() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let second = Duration::from_secs(1);
        assert_eq!(Life::creating(start, Duration::ZERO), Life::Active);
        let creating = Life::creating(start, second);
        assert_eq!(creating.at(start), Some(creating));
        assert_eq!(creating.at(after(start, second)), Some(Life::Active));
        assert_eq!(Life::deleting(start, second).at(after(start, second)), None);
        assert_eq!(after(start, Duration::MAX), DateTime::<Utc>::MAX_UTC);
    }
}
