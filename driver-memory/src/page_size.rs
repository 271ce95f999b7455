//! How many of something one answer gives.

/// As many as are asked for; where nobody asks, as many as there may be. What is asked for was looked at before.
pub(crate) fn page_size(asked: Option<u32>, most: u32) -> usize {
    usize::try_from(asked.unwrap_or(most)).unwrap_or(usize::MAX)
}
