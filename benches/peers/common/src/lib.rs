//! The record, the subjects and the clock of the comparison of djamodb with other clients and engines.
//!
//! The crate depends on no SDK, so that a client whose SDK has another version can be a program of its own (`remote`) and is still measured
//! by the same code, on the same operations.

pub mod client;
pub mod reading;
pub mod remote;
pub mod subject;
