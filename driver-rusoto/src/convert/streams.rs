//! What the streams of tables hold. Their crate of rusoto has types of its own for it, also for values.

pub(crate) mod description;
pub(crate) mod record;
mod value;
