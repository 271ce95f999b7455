//! The error of a table that exists and is not as its models declare it.

use std::fmt;

use crate::schema::{IndexProjection, KeySchema};
use crate::value::Name;

/// An existing table that lacks something that its models declare, so that their reads or writes would fail.
///
/// Only what requests depend on is compared: the key, and the indexes with their keys and projections. Other settings of the table
/// (billing, tags, stream, time to live) and further indexes are not.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TableMismatch {
    /// Name of the table in the database.
    pub table: Name,
    /// The models whose table was to be created.
    pub models: Vec<&'static str>,
    /// Other registered models of the table.
    pub sharing: Vec<&'static str>,
    /// The differences, at least one.
    pub differences: Vec<TableDifference>,
}

/// A difference between an existing table and the declaration of its models.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TableDifference {
    /// The table has another key.
    Key {
        /// Key that the models declare.
        declared: KeySchema,
        /// Key of the table.
        found: KeySchema,
    },
    /// The table has no such index, or it is being deleted.
    MissingIndex {
        /// Name of the index.
        index: Name,
        /// `true` for a local index.
        local: bool,
    },
    /// The index has another key.
    IndexKey {
        /// Name of the index.
        index: Name,
        /// Key that the models declare.
        declared: KeySchema,
        /// Key of the index.
        found: KeySchema,
    },
    /// The index does not project all attributes that the models declare.
    IndexProjection {
        /// Name of the index.
        index: Name,
        /// Projection that the models declare.
        declared: IndexProjection,
        /// Projection of the index.
        found: IndexProjection,
    },
}

impl fmt::Display for TableMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let declare = if self.models.len() == 1 { "declares" } else { "declare" };
        write!(f, "table {} exists, but not as {} {declare} it: ", self.table, self.models.join(" and "))?;
        for (at, difference) in self.differences.iter().enumerate() {
            write!(f, "{}{difference}", if at == 0 { "" } else { "; " })?;
        }
        if !self.sharing.is_empty() {
            let share = if self.sharing.len() == 1 { "shares" } else { "share" };
            let others = self.sharing.join(" and ");
            write!(f, "; {others} {share} the table, so create it for all of them in one call of create_tables")?;
        }
        let global_only =
            |difference: &TableDifference| matches!(difference, TableDifference::MissingIndex { local: false, .. });
        if self.differences.iter().all(global_only) {
            f.write_str("; add an index to an existing table with UpdateTable")
        } else {
            f.write_str("; only a new table can be given that: delete this one, or change the model")
        }
    }
}

impl std::error::Error for TableMismatch {}

impl fmt::Display for TableDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { declared, found } => write!(f, "its key is {found}, not {declared}"),
            Self::MissingIndex { index, local } => {
                write!(f, "it has no {} index `{index}`", if *local { "local" } else { "global" })
            }
            Self::IndexKey { index, declared, found } => {
                write!(f, "the key of its index `{index}` is {found}, not {declared}")
            }
            Self::IndexProjection { index, declared, found } => {
                write!(f, "its index `{index}` projects {found}, not {declared}")
            }
        }
    }
}
