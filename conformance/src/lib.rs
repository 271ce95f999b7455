//! One suite that holds every driver of djamodb to the same behaviour: DynamoDB's.
//!
//! A driver is conforming when every [`Case`] passes on it. The cases ask what the service's users rely on: what a filter
//! keeps, where a page ends, which error a refused write gives. They ask it twice: of the driver's plans, and of models and
//! querysets over it.
//!
//! # Running it on a driver of your own
//!
//! A test without libtest's harness is all it takes; `examples/third_party.rs` is one in full.
//!
//! ```toml
//! [dev-dependencies]
//! djamodb-conformance = "0.1"
//!
//! [[test]]
//! name = "conformance"
//! harness = false
//! ```
//!
//! ```no_run
//! # use djamodb_driver_memory::MemoryDriver;
//! use std::process::ExitCode;
//!
//! use djamodb_conformance::{Backend, Suite, Target, main_with};
//!
//! fn main() -> ExitCode {
//!     let target = Target::new("memory", Backend::MEMORY, async || Ok(MemoryDriver::new()));
//!     main_with(Suite::new().target(target))
//! }
//! ```
//!
//! It takes the arguments of `cargo test`: a part of a name (`-- query/limit`), `--exact`, `--skip`, `--list`,
//! `--test-threads`. Cases run side by side; each has a table prefix of its own and a time limit, and what it created is
//! deleted at its end, also after a failure. The last lines have a fixed form, one line for each target:
//!
//! ```text
//! conformance: memory: 450 cases, 450 passed, 0 deviations, 0 ignored
//! ```
//!
//! `passed` counts what ran without a failure; `deviations` counts the entries of the deviations file that those cases held
//! the backend to. A run in which no case was chosen fails. A target that cannot be reached is told with
//! [`Target::unavailable`]: its cases are listed as ignored, with the reason.
//!
//! Where the author of a driver can look inside it, [`Target::check`] does so after each case: `tests/memory.rs` has every index
//! of the memory driver compared with its table.
//!
//! # What a driver lacks
//!
//! A case that needs more than every driver has names it in `requires`. On a driver whose
//! [`Capability`](djamodb_core::driver::Capability) lacks it, the same case asserts that the driver refuses, through
//! [`Context::attempt`]. Nothing is skipped.
//!
//! # Adding a case
//!
//! A case is an async function with one theme, registered where it is written. Its documentation opens with the failure that
//! it prevents. Cases of this crate stand in `src/cases/<operation>_<theme>.rs`; a driver's crate can register further ones
//! of its own in the same way:
//!
//! ```
//! use djamodb_conformance::{CaseResult, Context, Theme, case, same};
//! use djamodb_core::plan::GetItem;
//! use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
//! use djamodb_core::value::Item;
//!
//! case!("get_item/nobody_is_nobody", Theme::Key, nobody_is_nobody);
//!
//! /// A key that was never written would be found.
//! async fn nobody_is_nobody(cx: Context) -> CaseResult {
//!     let table = cx.create(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await?;
//!     let found = cx.run(GetItem::new(table, Item::new().with("id", "nobody"))).await?;
//!     same("what is found", found.item, None)
//! }
//! # fn main() {}
//! ```
//!
//! What a case expects is what AWS does. Messages are asserted only where the text matters, since they change.
//!
//! # Declaring a deviation
//!
//! Where a backend is known to do something else, `deviations.json` says so: which backend, in which cases, how that is known,
//! and what it does instead. The case asks [`Context::deviates`] and asserts *that*, or gives the id to [`Context::says`],
//! which then expects the backend's own message. A deviation is never a licence: when the backend does what AWS does after all,
//! the case fails until the entry is taken out, and an entry that a case no longer asks for fails as well.
//!
//! ```json
//! {
//!   "id": "page-ends-by-what-the-filter-keeps",
//!   "backend": "dynamodb-local",
//!   "cases": ["query/a_page_ends_by_what_is_read"],
//!   "source": "observed with DynamoDB Local 1.25.1",
//!   "aws": "a page ends after 1 MB that was read, whatever the filter keeps",
//!   "instead": { "behaviour": "a page ends after 1 MB that passed the filter" }
//! }
//! ```
//!
//! A driver's crate can add entries for its own backend with [`Suite::deviations`].

mod case;
mod cases;
mod context;
mod deviation;
mod failure;
mod fixture;
mod labels;
mod measured;
mod models;
mod requirement;
mod run;
mod streams;
mod suite;
mod summary;
mod target;
mod theme;

pub use case::{Case, CaseResult, cases};
pub use context::{Context, Refusal};
pub use deviation::{Deviation, Deviations, DeviationsError, Instead};
pub use failure::{Failure, holds, same};
#[doc(hidden)]
pub use inventory;
pub use requirement::Requirement;
pub use run::{Report, Runner};
pub use suite::{Suite, main_with};
pub use target::{Backend, Target};
pub use theme::Theme;
