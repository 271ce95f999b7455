//! Run.
/// Placeholder.
#[derive(Debug)]
pub struct BatchWrite;
/// Placeholder.
#[derive(Debug)]
pub struct BatchRead;
