//! Querysets: what is asked of a model's table, said in Django's words.
//!
//! A [`QuerySet`] is a value. Its builder methods give a new one and touch nothing; its terminal methods take a
//! [`Database`](crate::database::Database) and do the asking. [`QuerySet::explain`] tells what a terminal method would do.

mod access;
mod aggregate;
mod batch;
mod builder;
mod bulk;
mod by_key;
mod cursor;
mod delete;
mod each;
mod earliest;
mod explained;
mod filter;
mod manager;
mod order;
mod parallel;
mod reading;
mod rows;
mod sorted;
mod stream;
mod terminal;
mod union;
mod update;

pub use builder::QuerySet;
pub use bulk::{BulkReport, OnConflict};
pub use cursor::{Cursor, CursorPage};
pub use explained::Explained;
pub use manager::{Managed, Manager};
pub use parallel::ParallelScan;
pub use rows::Rows;
pub use sorted::Sorted;
pub use stream::ItemStream;
pub use terminal::{Results, Terminal};
pub use union::Union;
