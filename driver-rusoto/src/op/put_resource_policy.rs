//! [`PutResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html): attaches a resource-based policy to a
//! table or a stream.
//! rusoto does not know the operation.

use djamodb_core::plan::{Operation, Outcome, PutResourcePolicy};

use crate::error::Failure;

pub(super) fn execute() -> Result<Outcome, Failure> {
    Err(Failure::unsupported(PutResourcePolicy::NAME))
}
