//! Differences that are known, each with its entry in `deviations.json`.

use std::collections::BTreeSet;

use djamodb_conformance::{Backend, Deviations};

use crate::compare::Pair;

/// A difference that an entry of `deviations.json` explains.
struct Entry {
    /// Identifier of the entry.
    id: &'static str,
    explains: fn(&Pair<'_>) -> bool,
}

const ENTRIES: &[Entry] = &[];

/// The known differences, with the number of times that each occurred.
pub(crate) struct Known {
    counts: Vec<u64>,
}

impl Known {
    /// Loads the list.
    ///
    /// # Errors
    ///
    /// Returns a message if an identifier is not one of `deviations.json`.
    pub(crate) fn load() -> Result<Self, String> {
        let deviations = Deviations::built_in().map_err(|error| error.to_string())?;
        let entries = deviations.entries().iter();
        let of_server = entries.filter(|entry| entry.backend == Backend::DYNAMODB_LOCAL.id());
        let ids: BTreeSet<&str> = of_server.map(|entry| entry.id.as_str()).collect();
        match ENTRIES.iter().find(|entry| !ids.contains(entry.id)) {
            Some(entry) => Err(format!("deviations.json has no entry `{}` for DynamoDB Local", entry.id)),
            None => Ok(Self { counts: vec![0; ENTRIES.len()] }),
        }
    }

    /// Returns `true` if an entry explains the difference, and counts it.
    pub(crate) fn explains(&mut self, pair: &Pair<'_>) -> bool {
        let Some(at) = ENTRIES.iter().position(|entry| (entry.explains)(pair)) else { return false };
        self.counts[at] += 1;
        true
    }

    /// Returns the number of differences that entries explained.
    pub(crate) fn explained(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Returns a line for each entry with the number of differences that it explained.
    pub(crate) fn counts(&self) -> impl Iterator<Item = String> {
        ENTRIES.iter().zip(&self.counts).map(|(entry, count)| format!("{count:>6} {}", entry.id))
    }

    /// Checks that every entry explained a difference.
    ///
    /// # Errors
    ///
    /// Returns a message that names those that did not.
    pub(crate) fn check_needed(&self) -> Result<(), String> {
        let unused: Vec<&str> =
            ENTRIES.iter().zip(&self.counts).filter(|(_, count)| **count == 0).map(|(entry, _)| entry.id).collect();
        if unused.is_empty() { Ok(()) } else { Err(format!("no difference needs these entries: {unused:?}")) }
    }
}
