//! What the streams of tables hold. Their crate of the SDK has types of its own for it, also for values.

pub(crate) mod description;
pub(crate) mod record;
mod value;
mod view;
