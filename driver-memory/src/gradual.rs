//! Settings whose changes take effect later.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::lifecycle::time_after;

/// A setting whose changes take effect later. The table stays `ACTIVE` meanwhile.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Gradual<T> {
    current: T,
    /// The next value, with the time at which it takes effect.
    next: Option<(T, DateTime<Utc>)>,
}

impl<T: Clone> Gradual<T> {
    pub(crate) const fn new(current: T) -> Self {
        Self { current, next: None }
    }

    pub(crate) const fn current(&self) -> &T {
        &self.current
    }

    /// Returns the value after the changes that are under way.
    pub(crate) fn last(&self) -> &T {
        self.next.as_ref().map_or(&self.current, |(next, _)| next)
    }

    pub(crate) const fn is_changing(&self) -> bool {
        self.next.is_some()
    }

    /// Changes the value, with effect after `delay`.
    pub(crate) fn change(&mut self, value: T, now: DateTime<Utc>, delay: Duration) {
        if delay.is_zero() {
            *self = Self::new(value);
        } else {
            self.next = Some((value, time_after(now, delay)));
        }
    }

    /// Changes the value, and the one of a change that is under way, at once.
    pub(crate) fn adjust(&mut self, adjust: impl Fn(T) -> T) {
        self.current = adjust(self.current.clone());
        self.next = self.next.take().map(|(next, until)| (adjust(next), until));
    }

    /// Returns the time at which a change takes effect.
    pub(crate) fn until(&self) -> Option<DateTime<Utc>> {
        self.next.as_ref().map(|(_, until)| *until)
    }

    /// Applies a change that takes effect by `now`.
    pub(crate) fn settle(&mut self, now: DateTime<Utc>) {
        if let Some((value, _)) = self.next.take_if(|(_, until)| *until <= now) {
            self.current = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_takes_effect_after_its_delay() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let second = Duration::from_secs(1);
        let mut units = Gradual::new(1);
        units.change(2, start, second);
        units.settle(start);
        assert_eq!((*units.current(), *units.last(), units.is_changing()), (1, 2, true));
        units.adjust(|units| units + 10);
        units.settle(time_after(start, second));
        assert_eq!((*units.current(), units.until()), (12, None));
        units.change(3, start, Duration::ZERO);
        assert_eq!((*units.current(), units.is_changing()), (3, false));
    }
}
