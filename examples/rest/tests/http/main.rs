//! The service over HTTP, on a database in this process.

mod errors;
mod items;
mod lists;
mod service;
mod stopping;
