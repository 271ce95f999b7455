//! From what a queryset asks to what a driver executes, without touching a driver.
//!
//! A [`Request`] says what is asked; [`ReadPlan::new`] decides how: which operation, which part of each lookup becomes a key
//! condition, which a filter, which remains to be done on this side (the *residual*). [`Explain`] tells it to people.
//!
//! Every lookup goes to the first of these places that takes it:
//!
//! 1. what is known before asking: constants are folded, also those that follow from the hash key;
//! 2. a key condition, its bounds merged;
//! 3. several requests: a list on a key attribute, `ne` on the range key;
//! 4. the filter expression, which may not name the key of what is queried and has limits of size;
//! 5. the residual, by the same evaluation that drivers use.

pub(crate) mod cursor;
mod error;
mod explain;
mod filter_placement;
mod fold;
mod index_choice;
mod limits;
mod planning;
mod range;
mod read_plan;
mod recheck;
mod request;
mod token;
mod units;
mod update;
mod write_condition;

pub use cursor::CURSOR_BYTES_MAX;
pub(crate) use cursor::CursorSigner;
pub use error::PlanError;
pub use explain::{Cost, Detail, Explain, ExplainOperand, Expressions, Node, RequestClass};
pub use index_choice::RejectedIndex;
pub use read_plan::{Access, Hydration, KeyBatch, PartitionQuery, ReadPlan, ScanPlan};
pub(crate) use recheck::{recheck, recheck_of_each};
pub use request::{Request, ResultKind};
pub use token::LastEvaluatedKey;
pub use units::ReadUnits;
pub(crate) use update::update_of;
pub(crate) use write_condition::write_condition;
