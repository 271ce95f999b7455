//! Constraints of single members that a plan cannot violate: members that are required, enumerations, and signs of numbers.

use crate::error::RequestError;
use crate::json::{Int, Long, Text};

/// The violations of a request that have been found.
///
/// All are reported together, as the service does. The constraints that a plan can violate, such as the length of a name, are checked by
/// the driver.
#[derive(Default)]
pub(crate) struct Violations {
    found: Vec<String>,
    /// `true` if only the first unknown value of an enumeration is reported, as by the service's newer layer for writes of one item.
    reports_one_enumeration: bool,
    has_enumeration: bool,
}

impl Violations {
    /// Returns the violations of a write of one item.
    pub(crate) fn of_write() -> Self {
        Self { reports_one_enumeration: true, ..Self::default() }
    }

    /// Returns the error of all violations.
    pub(crate) fn check(self) -> Result<(), RequestError> {
        match self.found.len() {
            0 => Ok(()),
            1 => Err(RequestError::Validation(format!("1 validation error detected: {}", self.found.concat()))),
            count => {
                Err(RequestError::Validation(format!("{count} validation errors detected: {}", self.found.join("; "))))
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
        self.found.push(format!("Value null at '{member}' failed to satisfy constraint: Member must not be null"));
    }

    /// Returns the value that a text names, or the default in the place of an unknown one.
    pub(crate) fn one_of<T: Copy>(&mut self, member: &str, text: Option<Text>, values: &[(&str, T)]) -> Option<T> {
        let Text(text) = text?;
        let known = values.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        let is_reported = !(self.reports_one_enumeration && self.has_enumeration);
        if known.is_none() && is_reported {
            self.has_enumeration = true;
            let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
            self.found.push(format!(
                "Value '{text}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
                names.join(", ")
            ));
        }
        known
    }

    /// Adds the violation of a list that must have an element.
    pub(crate) fn empty(&mut self, member: &str) {
        self.add(member, "[]", "length", 1);
    }

    /// Returns a number that must be at least `least`. One that a plan can have is left to the driver.
    pub(crate) fn at_least(&mut self, member: &str, number: Option<Int>, least: i32) -> Option<u32> {
        let Int(number) = number?;
        Some(u32::try_from(number).unwrap_or_else(|_| {
            self.add(member, &number.to_string(), "value", least);
            0
        }))
    }

    /// Returns a number of units, of which there must be one. No units are left to the driver.
    pub(crate) fn units(&mut self, member: &str, Long(units): Long) -> u64 {
        u64::try_from(units).unwrap_or_else(|_| {
            self.add(member, &units.to_string(), "value", 1);
            1
        })
    }

    fn add(&mut self, member: &str, value: &str, of: &str, least: i32) {
        self.found.push(format!(
            "Value '{value}' at '{member}' failed to satisfy constraint: Member must have {of} greater than or equal to {least}"
        ));
    }
}

/// Returns the limit of a query or a scan. The service does not print it, so that the driver reports a negative one as it reports 0.
pub(crate) fn limit(limit: Option<Int>) -> Option<u32> {
    limit.map(|Int(limit)| u32::try_from(limit).unwrap_or_default())
}
