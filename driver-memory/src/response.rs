//! The response to one operation.

use djamodb_core::plan::{ConsumedCapacity, Metadata, Outcome, Output};

/// The typed output of an operation and the consumed capacity, if the request selects it.
pub(crate) struct Response<T> {
    output: T,
    consumed_capacity: Vec<ConsumedCapacity>,
}

impl<T> Response<T> {
    pub(crate) const fn new(output: T, consumed_capacity: Vec<ConsumedCapacity>) -> Self {
        Self { output, consumed_capacity }
    }

    /// Creates the response to an operation on tables rather than items, which consumes no capacity.
    pub(crate) const fn without_capacity(output: T) -> Self {
        Self::new(output, Vec::new())
    }
}

impl<T: Into<Output>> From<Response<T>> for Outcome {
    fn from(Response { output, consumed_capacity }: Response<T>) -> Self {
        Self { output: output.into(), metadata: Metadata { consumed_capacity, ..Metadata::default() } }
    }
}
