//! Constraints of single members of a request, which the service's model declares: lengths, values and patterns.

use std::fmt;

use thiserror::Error;

/// A constraint that a member of a request does not satisfy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Violation {
    /// Path of the member in the request, such as `globalSecondaryIndexes.1.member.indexName`.
    pub(crate) member: String,
    /// Value of the member, if the service prints it.
    pub(crate) value: Option<String>,
    pub(crate) constraint: Constraint,
}

/// A constraint of the length, the value or the text of a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Constraint {
    LengthMin(usize),
    LengthMax(usize),
    /// The elements of a list have these lengths.
    ElementLengths {
        least: usize,
        most: usize,
    },
    ValueMin(u64),
    ValueMax(u64),
    /// Letters, digits, `_`, `.` and `-`.
    NamePattern,
    /// The keys of a map are names of tables.
    TableNames,
}

/// The violations of one request, at least one.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(crate) struct Violations(pub(crate) Vec<Violation>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} validation error{} detected: ", if count == 1 { "" } else { "s" })?;
        for (at, violation) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value ")?;
        if let Some(value) = &self.value {
            write!(f, "'{value}' ")?;
        }
        write!(f, "at '{}' failed to satisfy constraint: {}", self.member, self.constraint)
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthMin(least) => write!(f, "Member must have length greater than or equal to {least}"),
            Self::LengthMax(most) => write!(f, "Member must have length less than or equal to {most}"),
            Self::ElementLengths { least, most } => write!(
                f,
                "Member must satisfy constraint: [Member must have length less than or equal to {most}, Member must have \
                 length greater than or equal to {least}]"
            ),
            Self::ValueMin(least) => write!(f, "Member must have value greater than or equal to {least}"),
            Self::ValueMax(most) => write!(f, "Member must have value less than or equal to {most}"),
            Self::NamePattern => f.write_str("Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
            Self::TableNames => f.write_str(
                "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have \
                 length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]",
            ),
        }
    }
}
