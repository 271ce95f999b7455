//! The reasons for which an index is read or not.

use std::fmt;

use crate::expression::Path;
use crate::value::Name;

/// The reason for reading an index, or the table.
///
/// `Display`, and `Serialize` with the feature `serde`, write it as a text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum IndexReason {
    /// No index was given, and the table is read.
    NotGiven,
    /// `set_index` named the index or the table.
    Given,
    /// The manager reads this index.
    FromManager,
    /// The lookups name the hash key of the index.
    NamedByLookups {
        /// The hash attributes of the index.
        hash_key: Vec<Name>,
        /// `true` if lookups constrain its range key as well.
        range_key: bool,
    },
    /// The method is given keys, which are read from the table.
    Keys,
    /// Writes name keys of the table, and no index is read.
    Writes,
    /// The operands of a union read different indexes, or the same one for different reasons.
    Operands,
}

impl fmt::Display for IndexReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGiven => f.write_str("no index was given"),
            Self::Given => f.write_str("given by set_index"),
            Self::FromManager => f.write_str("the manager reads this index"),
            Self::NamedByLookups { hash_key, range_key } => {
                write!(f, "the lookups name its hash key {}", quoted(hash_key))?;
                if *range_key { f.write_str(" and its range key") } else { Ok(()) }
            }
            Self::Keys => f.write_str("keys are read from the table"),
            Self::Writes => f.write_str("writes name keys of the table"),
            Self::Operands => f.write_str("differs by operand"),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for IndexReason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An index that is not read, or the table, and the reason.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RejectedIndex {
    /// Name of the index; `None` for the table.
    pub index: Option<Name>,
    /// The reason for not reading it.
    pub reason: RejectionReason,
}

/// The reason for not reading an index, or the table.
///
/// `Display`, and `Serialize` with the feature `serde`, write it as a clause that can follow "because".
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RejectionReason {
    /// No lookup names this hash attribute, or this part of it if it is composed of fields.
    HashKeyNotNamed(Name),
    /// It is not ordered by the attribute that `order_by` names.
    OtherOrder(Path),
    /// The hash key that was set belongs to the table.
    HashKeyOfTable,
    /// The read is consistent, and a global index cannot be read consistently.
    NotConsistent,
    /// Items without this key attribute are missing from the index, but could match the lookups.
    Sparse(Name),
    /// It does not project this attribute, and `hydrate()` was not called.
    NotProjected(Name),
    /// The lookups constrain the range key of the chosen index, but not of this one.
    RangeKeyNotNamed,
    /// The chosen index, or the table for `None`, serves the lookups as well.
    NotBetterThan(Option<Name>),
}

impl fmt::Display for RejectionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HashKeyNotNamed(attribute) => write!(f, "no lookup names its hash key `{attribute}`"),
            Self::OtherOrder(path) => write!(f, "it is not ordered by `{path}`"),
            Self::HashKeyOfTable => f.write_str("the hash key that was set is the table's"),
            Self::NotConsistent => f.write_str("it is a global index, and the read is consistent"),
            Self::Sparse(attribute) => {
                write!(f, "items without `{attribute}` are missing from it, but could match the lookups")
            }
            Self::NotProjected(attribute) => {
                write!(f, "it does not hold `{attribute}`, which hydrate() would fetch from the table")
            }
            Self::RangeKeyNotNamed => f.write_str("no lookup constrains its range key"),
            Self::NotBetterThan(index) => write!(f, "{} serves the lookups as well", source(index.as_ref())),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RejectionReason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An index that comes closest to serving the lookups.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NearestIndex {
    /// Name of the index.
    pub index: Name,
    /// The reason for not choosing it. `None` if the queryset names another index, so that none was chosen.
    pub rejection: Option<RejectionReason>,
}

impl fmt::Display for NearestIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let index = &self.index;
        match &self.rejection {
            Some(reason) => write!(f, "index `{index}` is not chosen because {reason}"),
            None => write!(f, "the lookups name the hash key of index `{index}`"),
        }
    }
}

/// Returns the name of an index for messages, or "the table" for `None`.
pub(super) fn source(index: Option<&Name>) -> String {
    match index {
        None => "the table".to_owned(),
        Some(name) => format!("index `{name}`"),
    }
}

/// Returns the names in backticks, separated by commas.
pub(super) fn quoted<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
