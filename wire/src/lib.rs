//! DynamoDB's JSON protocol: requests become plans, outcomes become responses, and the reverse.
//!
//! The crate has bytes on one side and the types of `djamodb-core` on the other, and does no I/O. [`answer`] is the whole of a server but for
//! the socket: it reads a request, has a driver execute its plan, and writes the response.
//!
//! ```
//! use djamodb_driver_memory::MemoryDriver;
//! use djamodb_wire::{ProtocolOptions, TARGET_HEADER, answer};
//! use http::HeaderMap;
//! use http::header::AUTHORIZATION;
//!
//! # futures::executor::block_on(async {
//! let mut headers = HeaderMap::new();
//! headers.insert(TARGET_HEADER, "DynamoDB_20120810.ListTables".parse()?);
//! headers.insert(AUTHORIZATION, "AWS4-HMAC-SHA256 …".parse()?);
//! let answer = answer(&MemoryDriver::new(), &ProtocolOptions::default(), &headers, b"{}", "request-1").await;
//! assert_eq!(answer.response.body(), r#"{"TableNames":[]}"#);
//! # Ok::<(), http::header::InvalidHeaderValue>(())
//! # }).unwrap();
//! ```
//!
//! # In both directions
//!
//! | | a server | a client |
//! |---|---|---|
//! | request | [`Request::read`] | [`RequestBytes::write`] |
//! | response | [`ResponseForm::write`] | [`read_response`] |
//! | error | [`ErrorResponse`] | [`read_error`] |
//!
//! # Requests as the service reads them
//!
//! - Texts of expressions are parsed by `djamodb-core`. The text of a key condition does not say which attributes are hash attributes: where
//!   several can be, [`Request::described_table`] names the table whose schema decides.
//! - Legacy parameters (`KeyConditions`, `QueryFilter`, `ScanFilter`, `ConditionalOperator`, `AttributesToGet`, `Expected`,
//!   `AttributeUpdates`) become the same trees as expressions.
//! - A member of a wrong type is a `SerializationException` with the service's text. Members that are required, enumerations and signs of
//!   numbers are checked here, because a plan cannot violate them; all other rules are the driver's.
//! - Members that are `null` or unknown are ignored. Members of DynamoDB that plans lack, such as those of global tables, are refused.
//! - A body has at most [`ProtocolOptions::body_bytes_max`] bytes and 128 levels of arrays and objects.

// Members have the names of the API reference.
#![allow(clippy::struct_field_names)]

mod answer;
mod body;
mod error;
mod error_response;
mod expressions;
mod json;
mod legacy;
mod newer_layer;
mod op;
mod request;
mod response;
mod response_error;
mod shape;
mod target;
mod violations;
mod write_condition;

pub use answer::{Answer, JSON_CONTENT_TYPE, ProtocolOptions, answer, respond};
pub use error::RequestError;
pub use error_response::{ErrorResponse, read_error};
pub use request::{Request, RequestBytes};
pub use response::{ResponseForm, read_response};
pub use response_error::ResponseError;
pub use target::TARGET_HEADER;
