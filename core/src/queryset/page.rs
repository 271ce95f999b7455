//! Pages of rows.

use crate::planner::LastEvaluatedKey;

/// A page of rows together with the token at which reading continues. Returned by [`QuerySet::page`](super::QuerySet::page).
#[derive(Clone, PartialEq, Debug)]
pub struct Page<R> {
    /// The rows, in the queryset's order.
    pub items: Vec<R>,
    /// The token of the next page, for [`QuerySet::set_last_evaluated_key`](super::QuerySet::set_last_evaluated_key); `None` if this is
    /// the last page.
    pub last_evaluated_key: Option<LastEvaluatedKey>,
}
