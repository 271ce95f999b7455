//! [`GetResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html): returns the resource-based policy of a
//! table or a stream.
//! rusoto does not know the operation.

use djamodb_core::plan::{GetResourcePolicy, Operation, Outcome};

use crate::error::Failure;

pub(super) fn execute() -> Result<Outcome, Failure> {
    Err(Failure::unsupported(GetResourcePolicy::NAME))
}
