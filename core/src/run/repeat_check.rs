//! Detection of positions that the service returns again.

use crate::driver::{DriverError, DriverErrorKind};

/// Finds out that a service returns a position again, after which reading would never end.
///
/// It keeps one earlier position, and replaces it after 1, 2, 4, … further positions (Brent's algorithm), so that it detects a
/// cycle of any length in constant memory.
#[derive(Debug)]
pub(super) struct RepeatCheck<T> {
    kept: Option<T>,
    count: u64,
    replaced_after: u64,
}

impl<T: PartialEq + Clone> RepeatCheck<T> {
    /// Starts after `start`, the position of the first request.
    pub(super) const fn after(start: Option<T>) -> Self {
        Self { kept: start, count: 0, replaced_after: 1 }
    }

    /// Takes the next position. Returns `true` if it is known to be an earlier one.
    pub(super) fn is_repeated(&mut self, position: &T) -> bool {
        if self.kept.as_ref() == Some(position) {
            return true;
        }
        self.count += 1;
        if self.count == self.replaced_after {
            self.kept = Some(position.clone());
            self.replaced_after = self.replaced_after.saturating_mul(2);
            self.count = 0;
        }
        false
    }
}

/// Returns the error of an operation whose response has an earlier position in the field `field`.
pub(super) fn repeated(operation: &'static str, field: &str) -> DriverError {
    let message = format!(
        "the service returned an earlier {field} again, so that reading would never end; the items or records that were read \
         until now may not be all"
    );
    DriverError::new(DriverErrorKind::Contract, operation, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_of_any_length_is_detected_within_few_rounds() {
        for lead in 0..20_u32 {
            for length in 1..50_u32 {
                let position = |at: u32| if at < lead { at } else { lead + (at - lead) % length };
                let mut check = RepeatCheck::after(None);
                let steps = (0..1000).take_while(|at| !check.is_repeated(&position(*at))).count();
                assert!(steps <= 4 * (lead + length) as usize, "{lead} {length}: {steps}");
            }
        }
    }

    #[test]
    fn positions_that_advance_are_not_repeated() {
        let mut check = RepeatCheck::after(Some(0));
        assert!((1..10_000).all(|position| !check.is_repeated(&position)));
        assert!(RepeatCheck::after(Some(0)).is_repeated(&0), "the start is an earlier position");
    }
}
