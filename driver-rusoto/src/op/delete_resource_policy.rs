//! [`DeleteResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html): removes the resource-based policy
//! of a table or a stream.
//! rusoto does not know the operation.

use djamodb_core::plan::{DeleteResourcePolicy, Operation, Outcome};

use crate::error::Failure;

pub(super) fn execute() -> Result<Outcome, Failure> {
    Err(Failure::unsupported(DeleteResourcePolicy::NAME))
}
