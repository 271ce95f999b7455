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

mod day;
mod errors;
mod fields;
mod list;
mod model;
mod parameters;

pub use model::Weather;

use std::future::{Future, IntoFuture as _};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use djamodb::database::{Database, ScanPolicy};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Maximum size of a body, in bytes.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// Maximum time for running requests to finish when the service stops.
const SHUTDOWN_TIME_MAX: Duration = Duration::from_secs(10);

/// Returns the routes of the service. The database must have the table of [`Weather`]. Scans are denied.
pub fn router(db: &Database) -> Router {
    Router::new()
        .route("/weather", post(day::create))
        .route("/weather/{location}", get(list::of_location))
        .route("/weather/{location}/{date}", get(day::read).patch(day::change).delete(day::delete))
        .route("/kinds/{kind}", get(list::of_kind))
        .fallback(errors::unknown_path)
        .method_not_allowed_fallback(errors::unsupported_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(db.with_scan_policy(ScanPolicy::Deny))
}

/// Serves requests until `stop` completes. Then it accepts no more requests, and running ones have ten seconds to finish.
///
/// # Errors
///
/// Fails if the listener fails.
pub async fn serve(
    listener: TcpListener,
    db: &Database,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stop_sender, stop_receiver) = oneshot::channel();
    let stop = async {
        stop.await;
        // The receiver is dropped if serving has ended before.
        let _ = stop_sender.send(());
    };
    let timeout = async {
        let _ = stop_receiver.await;
        tokio::time::sleep(SHUTDOWN_TIME_MAX).await;
    };
    tokio::select! {
        result = axum::serve(listener, router(db)).with_graceful_shutdown(stop).into_future() => result,
        () = timeout => Ok(()),
    }
}
