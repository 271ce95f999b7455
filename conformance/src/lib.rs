//! Conformance suite for drivers of djamodb. It verifies that every driver behaves like DynamoDB.
//!
//! A driver conforms if every [`Case`] passes on it. The cases cover the behaviour that applications rely on: the items that a
//! filter keeps, the end of a page, the error of a rejected write. They run plans directly on the driver, and models and
//! querysets on top of it.
//!
//! # Running the suite on your own driver
//!
//! Add an integration test without libtest's harness. `examples/third_party.rs` is a complete one.
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
//! The test takes the arguments of `cargo test`: a part of a case name (`cargo test --test conformance -- query/`), `--exact`,
//! `--skip`, `--list`, `--test-threads`. Cases run concurrently. Each case has its own table prefix and a time limit. Its tables
//! are deleted when it ends, also after a failure.
//!
//! A target that needs a server calls [`Target::unavailable`] with a reason when the server cannot be reached. Its cases are then
//! reported as ignored. A server that takes long to create tables, or whose reads lag behind writes, needs
//! [`Target::case_time_max`] and [`Target::read_after_write_delay`]. [`Target::check`] verifies the internal state of a driver
//! after each case: `tests/memory.rs` compares each index of the memory driver with its table.
//!
//! # Reading the summary
//!
//! The last lines of the output have a fixed format, one line for each target:
//!
//! ```text
//! conformance: memory: 450 cases, 450 passed, 0 deviations, 0 ignored
//! ```
//!
//! - `cases`: the cases that the filters selected. A run that selects no case fails.
//! - `passed`: the cases that ran and did not fail. The number of failed cases is `cases` − `passed` − `ignored`.
//! - `deviations`: the deviations of the backend that the cases asserted. See [below](#declaring-a-deviation).
//! - `ignored`: the cases that did not run because their target is unavailable.
//!
//! # Optional capabilities
//!
//! A case that depends on an optional capability lists it in `requires`. On a driver whose
//! [`Capability`](djamodb_core::driver::Capability) lacks the flag, the case does not skip: [`Context::run_requiring`] asserts that
//! the driver rejects the operation as unsupported.
//!
//! # Adding a case
//!
//! A case is an async function that verifies one property. Its name states the property; its documentation describes the fault
//! that it detects. The macro [`case!`] registers it. The cases of this crate are in `src/cases/<operation>_<theme>.rs`. The crate
//! of a driver can register further cases in its own tests:
//!
//! ```
//! use djamodb_conformance::{CaseResult, Context, Theme, case, ensure_eq};
//! use djamodb_core::plan::GetItem;
//! use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
//! use djamodb_core::value::Item;
//!
//! case!("get_item/returns_none_for_an_unknown_user", Theme::Key, unknown_user);
//!
//! /// Fails if a key that was never written returns an item.
//! async fn unknown_user(cx: Context) -> CaseResult {
//!     let table = cx.create_table(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await?;
//!     let found = cx.run(GetItem::new(table, Item::new().with("id", "unknown"))).await?;
//!     ensure_eq("item", found.item, None)
//! }
//! # fn main() {}
//! ```
//!
//! A case expects the behaviour of AWS. It asserts the message of an error only where applications depend on the text, because
//! AWS changes messages.
//!
//! # Declaring a deviation
//!
//! A deviation is a known difference between a backend and AWS. An entry of `deviations.json` declares it: the backend, the cases,
//! the evidence, the behaviour of AWS, and the behaviour of the backend. The case looks the entry up with [`Context::deviates`] and
//! asserts the deviating behaviour, or passes its id to [`Context::expect_message_or_deviation`], which then expects the
//! backend's message.
//!
//! A deviation does not excuse a failure. If the backend behaves like AWS after all, the case fails until the entry is removed. An
//! entry that a case does not look up fails the case too.
//!
//! ```json
//! {
//!   "id": "page-ends-after-kept-items",
//!   "backend": "dynamodb-local",
//!   "cases": ["query/a_page_with_a_filter_ends_after_1_mb_of_read_items"],
//!   "source": "observed with DynamoDB Local 3.3.1",
//!   "aws": "a page ends after 1 MB of items read, whether or not the filter keeps them",
//!   "instead": { "behaviour": "a page ends after 1 MB of items that the filter keeps" }
//! }
//! ```
//!
//! The crate of a driver adds entries for its own backend with [`Suite::deviations`].
#![cfg_attr(docsrs, feature(doc_cfg))]

mod capacity;
mod case;
mod cases;
mod context;
mod deviation;
mod failure;
mod fixtures;
mod models;
mod policies;
mod requirement;
mod runner;
mod streams;
mod suite;
mod summary;
mod tables;
mod tags;
mod target;
mod theme;

pub use case::{Case, CaseResult, cases};
pub use context::{Context, ExpectedError};
pub use deviation::{BackendBehaviour, Deviation, Deviations, DeviationsError};
pub use failure::{Failure, ensure, ensure_eq};
#[doc(hidden)]
pub use inventory;
pub use requirement::Requirement;
pub use runner::{Report, Runner};
pub use suite::{Suite, main_with};
pub use target::{Backend, Target};
pub use theme::Theme;
