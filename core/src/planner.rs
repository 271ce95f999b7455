//! Planning of reads: from the options of a queryset to the requests that a driver executes. Pure, without I/O.
//!
//! A `Request` holds the options; `ReadPlan::new` turns them into requests. It decides which operation to use and where
//! each lookup is evaluated. [`Explain`] describes the result.
//!
//! Every lookup goes to the first of these places that can evaluate it:
//!
//! 1. planning itself: constants are folded, and so are lookups on attributes whose values are known, such as the hash key;
//! 2. the key condition, after the bounds on a range key are merged;
//! 3. several requests: a list of values of a key attribute, or `ne` on the range key;
//! 4. the filter expression, unless the lookup is on a key attribute of a queried index or exceeds a limit of the service;
//! 5. the residual, which is evaluated on the client by the same code that the in-memory driver uses.

mod batch;
mod composed_keys;
mod cursor;
mod error;
mod explain;
mod filter_chain;
mod filter_placement;
mod fold;
mod guards;
mod index_choice;
mod index_reason;
mod last_evaluated_key;
mod limits;
mod named_keys;
mod page_token_error;
mod planning;
mod range;
mod read_plan;
mod recheck;
mod request;
mod transaction;
mod update;
mod write_condition;

pub(crate) use batch::{BatchAction, KeyedWrite, batch_write, split_into_requests};
pub use cursor::CURSOR_BYTES_MAX;
pub(crate) use cursor::{CursorScope, CursorSigner};
pub use error::PlanError;
pub(crate) use error::{UNION_LEVELS_MAX, UNION_QUERYSETS_MAX};
pub use explain::{Cost, Detail, Explain, ExplainOperand, Expressions, Node, RequestClass};
pub(crate) use filter_chain::FilterChain;
pub(crate) use guards::{
    GuardChange, GuardKnowledge, GuardWrite, GuardedAction, GuardedPlan, StaleOwner, StoredValues,
};
pub use index_reason::{IndexReason, NearestIndex, RejectedIndex, RejectionReason};
pub use last_evaluated_key::LastEvaluatedKey;
pub(crate) use named_keys::NamedKeys;
pub use page_token_error::PageTokenError;
pub(crate) use read_plan::{Access, EmptyReason, Hydration, KeyBatch, PartitionQuery, ReadPlan, ScanPlan};
pub(crate) use recheck::{recheck, recheck_of_each};
pub(crate) use request::{Request, ResultKind};
pub(crate) use transaction::{ActionKind, TransactionAction, transact_get, transact_write};
pub(crate) use update::{update_of, update_of_changes, update_of_copy};
pub(crate) use write_condition::write_condition;
