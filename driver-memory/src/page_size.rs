//! The page size of listings.

/// Returns the requested limit, or `default` without one.
pub(crate) fn page_size(limit: Option<u32>, default: u32) -> usize {
    usize::try_from(limit.unwrap_or(default)).unwrap_or(usize::MAX)
}
