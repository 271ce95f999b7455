//! Constraints of single members that a plan cannot violate: members that are required, enumerations, and signs of numbers.

use crate::error::RequestError;
use crate::json::{Int, Text};

/// The violations of a request that have been found.
///
/// All are reported together, as the service does. The constraints that a plan can violate, such as the length of a name, are checked by
/// the driver.
#[derive(Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    /// Returns the error of all violations.
    pub(crate) fn check(self) -> Result<(), RequestError> {
        match self.0.len() {
            0 => Ok(()),
            1 => Err(RequestError::Validation(format!("1 validation error detected: {}", self.0.concat()))),
            count => {
                Err(RequestError::Validation(format!("{count} validation errors detected: {}", self.0.join("; "))))
            }
        }
    }

    /// Returns a member that must be present, or any value in its place.
    pub(crate) fn required<T: Default>(&mut self, member: &str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.null(member);
            T::default()
        })
    }

    /// Adds the violation of a member that must be present.
    pub(crate) fn null(&mut self, member: &str) {
        self.0.push(format!("Value null at '{member}' failed to satisfy constraint: Member must not be null"));
    }

    /// Returns the value that a text names, or the default in the place of an unknown one.
    pub(crate) fn one_of<T: Copy>(&mut self, member: &str, text: Option<Text>, values: &[(&str, T)]) -> Option<T> {
        let Text(text) = text?;
        let known = values.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if known.is_none() {
            let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
            self.0.push(format!(
                "Value '{text}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
                names.join(", ")
            ));
        }
        known
    }

    /// Returns a number that must be at least this.
    pub(crate) fn at_least(&mut self, member: &str, number: Option<Int>, least: i32) -> Option<u32> {
        let Int(number) = number?;
        if number < least {
            self.0.push(format!(
                "Value '{number}' at '{member}' failed to satisfy constraint: Member must have value greater than or equal to {least}"
            ));
        }
        Some(u32::try_from(number).unwrap_or_default())
    }

    /// Returns the limit of a query or a scan. The service does not print it.
    pub(crate) fn limit(&mut self, limit: Option<Int>) -> Option<u32> {
        let Int(limit) = limit?;
        if limit < 1 {
            self.0.push(
                "Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
                    .to_owned(),
            );
        }
        Some(u32::try_from(limit).unwrap_or_default())
    }
}
