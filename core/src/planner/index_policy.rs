//! Which index is read. There is one policy: the one that was given, or else the table.

use super::Request;
use crate::model::IndexMeta;

/// The index to read, and why that one.
pub(super) struct Choice {
    pub(super) index: &'static IndexMeta,
    pub(super) reason: &'static str,
}

pub(super) fn choose(request: &Request) -> Choice {
    let reason = match (request.index_given, request.index.name.is_some()) {
        (true, true) => "the index that was given",
        (true, false) => "the table was asked for",
        (false, true) => "the manager's index",
        (false, false) => "no index was given",
    };
    Choice { index: request.index, reason }
}
