//! DynamoDB's HTTP protocol in front of any driver.
//!
//! [`serve`] listens on an address and answers the requests of AWS SDKs, in any language, by a [`Driver`](djamodb_core::driver::Driver).
//! The program `djamodb` serves the memory driver:
//!
//! ```text
//! djamodb serve --port 8000
//! ```
//!
//! Credentials are not checked: requests need to be signed, with any key. Requests are answered on `/`, over HTTP/1.1 and over HTTP/2
//! without negotiation. `GET /` without a signature is a health check.

mod compression;
mod connection;
mod cors;
mod drivers;
mod identity;
mod options;
mod request_id;
mod server;

pub use drivers::{Drivers, OneDriver};
pub use identity::Identity;
pub use options::ServerOptions;
pub use server::{ServeError, Server, serve, serve_with};
