//! Querysets: typed, immutable descriptions of reads and writes of a model's items.
//!
//! A [`QuerySet`] is a value. Its builder methods return a new queryset and send nothing. Its terminal methods take a
//! [`Database`](crate::database::Database) and send requests. [`QuerySet::explain`] returns what a terminal method would send.
//!
//! A terminal method works in three steps:
//!
//! 1. `planning` turns the queryset's `ReadSpec` into a `PlanTree`: read plans of the planner, composed by union, parallel
//!    segments, limit, sort and rate limit. Options that cannot be combined are refused here, before any request.
//! 2. A `PageReader` executes the tree page by page.
//! 3. The queryset's `RowDecoder` turns items into rows.

#![allow(clippy::mismatching_type_param_order, reason = "`QuerySet<M, M, I>` is a queryset whose rows are models")]

mod aggregate;
mod batch_writes;
mod builder;
mod bulk;
mod by_key;
mod collection;
mod combination;
mod concurrent_writes;
mod cursor;
mod custom;
mod delete;
mod earliest;
mod explainable;
mod filter;
mod guards;
mod item_stream;
mod managed;
mod manager;
mod order;
mod page;
mod plan_tree;
mod planning;
mod proxy;
mod rate_limit;
mod read_options;
mod read_spec;
mod reader;
mod row_decoder;
mod terminal;
mod terminal_methods;
mod unexpired;
mod union;
mod update;
mod values;
mod whole_items;
mod write_each;
mod write_outcomes;

pub use builder::QuerySet;
pub use bulk::{BulkReport, OnConflict};
pub use collection::{Collection, CollectionItem, CollectionMember, CollectionQuery};
pub use cursor::{Cursor, CursorPage};
pub use custom::{BuilderMethods, CustomQuerySet, TerminalMethods};
pub use explainable::Explainable;
pub use item_stream::ItemStream;
pub use managed::Managed;
pub use manager::{Manager, ManagerOf};
pub use page::Page;
pub use proxy::Proxy;
pub use terminal::Terminal;
pub use whole_items::WholeItems;
