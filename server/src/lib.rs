//! DynamoDB's HTTP protocol in front of any driver.
//!
//! [`serve`] listens on an address and answers the requests of AWS SDKs, in any language, by a
//! [`Driver`](djamodb_core::driver::Driver):
//!
//! ```
//! use djamodb_driver_memory::MemoryDriver;
//! use djamodb_server::serve;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), djamodb_server::ServeError> {
//! // Port 0 is any free one.
//! let server = serve(MemoryDriver::new(), "127.0.0.1:0").await?;
//! println!("the endpoint URL of SDKs is {}", server.url());
//! server.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! The program `djamodb` serves the memory driver; `djamodb serve --help` lists its options:
//!
//! ```text
//! djamodb serve --port 8000
//! ```
//!
//! # Protocol
//!
//! - HTTP/1.1 with connections that stay open, and HTTP/2 without negotiation.
//! - Bodies compressed by gzip or deflate, in both directions. A response is compressed from 1 KB on, if the client accepts it.
//! - Requests need a signature, which is not checked: any credentials are accepted.
//! - `GET /` without a target is a health check. `OPTIONS` allows browsers of any origin.
//! - A line about each request is logged by `tracing`, with the operation, the table, the status, the units and the time.
//!
//! [`ServerOptions`] bounds the size and the time of requests, and the number of connections.
//!
//! # Features
//!
//! | feature | content |
//! |---|---|
//! | `program` (default) | the program `djamodb` |

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
