//! Names of terminal methods.

/// A terminal method that takes nothing but the database, for [`QuerySet::explain_for`](super::QuerySet::explain_for).
///
/// The other terminal methods have explain methods of their own: [`explain_in_bulk`](super::QuerySet::explain_in_bulk),
/// [`explain_contains`](super::QuerySet::explain_contains), [`explain_earliest`](super::QuerySet::explain_earliest),
/// [`explain_latest`](super::QuerySet::explain_latest), [`explain_update`](super::QuerySet::explain_update) and
/// [`explain_aggregate`](super::QuerySet::explain_aggregate).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Terminal {
    /// [`QuerySet::all`](super::QuerySet::all).
    All,
    /// [`QuerySet::first`](super::QuerySet::first).
    First,
    /// [`QuerySet::last`](super::QuerySet::last).
    Last,
    /// [`QuerySet::get`](super::QuerySet::get).
    Get,
    /// [`QuerySet::count`](super::QuerySet::count).
    Count,
    /// [`QuerySet::exists`](super::QuerySet::exists).
    Exists,
    /// [`QuerySet::page`](super::QuerySet::page).
    Page,
    /// [`QuerySet::last_evaluated_key`](super::QuerySet::last_evaluated_key).
    LastEvaluatedKey,
    /// [`QuerySet::stream`](super::QuerySet::stream).
    Stream,
    /// [`QuerySet::delete`](super::QuerySet::delete).
    Delete,
    /// [`QuerySet::delete_checked`](super::QuerySet::delete_checked).
    DeleteChecked,
    /// [`QuerySet::aggregate`](super::QuerySet::aggregate) without attributes;
    /// [`QuerySet::explain_aggregate`](super::QuerySet::explain_aggregate) explains one of attributes.
    Aggregate,
}
