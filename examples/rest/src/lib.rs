//! A small web service that stores days of weather by location, as JSON over HTTP.
//!
//! | request | response |
//! |---|---|
//! | `GET /weather/{location}?…` | a page of the days of a location, sorted by date |
//! | `GET /kinds/{kind}?…` | a page of the days of a kind of weather, sorted by temperature |
//! | `POST /weather` | 201 and the path of the new day, or 409 if it exists |
//! | `GET /weather/{location}/{date}` | the day |
//! | `PATCH /weather/{location}/{date}` | the changed day |
//! | `DELETE /weather/{location}/{date}` | 204 |
//!
//! Errors have the form `{"errors": {"date__foo": "…"}}`. One response reports all invalid parameters or fields.

mod body;
mod day;
mod errors;
mod fields;
mod list;
mod model;
mod parameters;
mod server;

pub use model::Weather;

use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use djamodb::database::{Database, ScanPolicy};

pub use server::serve;

/// Bounds on what clients can hold of the service.
#[derive(Clone, Copy, Debug)]
pub struct ServiceLimits {
    /// Connections that are served at the same time. Further ones wait until one of these is closed.
    pub connections: usize,
    /// Time for the line and the headers of a request to arrive. An idle connection is closed after it.
    pub header_time: Duration,
    /// Time for the body of a request to arrive.
    pub body_time: Duration,
    /// Size of a body, in bytes.
    pub body_bytes: usize,
    /// Time after which a connection is closed, once the request that it carries is served.
    pub connection_time: Duration,
    /// Time for running requests to finish when the service stops or the connection's time is over.
    pub shutdown_time: Duration,
}

impl Default for ServiceLimits {
    fn default() -> Self {
        Self {
            connections: 500,
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            body_bytes: 16 * 1024,
            connection_time: Duration::from_secs(300),
            shutdown_time: Duration::from_secs(10),
        }
    }
}

/// Returns the routes of the service. The database must have the table of [`Weather`]. Scans are denied.
pub fn router(db: &Database, limits: ServiceLimits) -> Router {
    Router::new()
        .route("/weather", post(day::create))
        .route("/weather/{location}", get(list::of_location))
        .route("/weather/{location}/{date}", get(day::read).patch(day::change).delete(day::delete))
        .route("/kinds/{kind}", get(list::of_kind))
        .fallback(errors::unknown_path)
        .method_not_allowed_fallback(errors::unsupported_method)
        .layer(from_fn_with_state(limits, body::within_limits))
        .with_state(db.with_scan_policy(ScanPolicy::Deny))
}
