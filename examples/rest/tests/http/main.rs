//! Tests of the service over HTTP, on a database in memory.

mod days;
mod errors;
mod limits;
mod lists;
mod service;
mod shutdown;
