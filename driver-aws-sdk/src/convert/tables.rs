//! Maps of a batch's response, by table.

use std::collections::HashMap;

use djamodb_core::driver::ResponseTables;

use super::InvalidResponse;

/// Wraps a map that each response of the operation has, also if nothing is in it. `what` is its content, for the error.
pub(crate) fn of_response<V>(
    tables: Option<HashMap<String, V>>,
    what: &'static str,
) -> Result<ResponseTables<V>, InvalidResponse> {
    tables.map(ResponseTables::new).ok_or(InvalidResponse::Missing(what))
}

/// Requires that the response has no part that was not requested.
pub(crate) fn require_empty<V>(tables: ResponseTables<V>) -> Result<(), InvalidResponse> {
    tables.finish().map_err(InvalidResponse::ForeignTable)
}
