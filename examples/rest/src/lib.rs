//! A small web service over djamodb: days of weather by place, as JSON over HTTP.
//!
//! | request | answer |
//! |---|---|
//! | `GET /weather/{location}?…` | days of a place by date, a page at a time |
//! | `GET /kinds/{kind}?…` | days of a kind of weather by temperature, a page at a time |
//! | `POST /weather` | 201, and where the new day is; 409 if there is one |
//! | `GET /weather/{location}/{date}` | the day |
//! | `PATCH /weather/{location}/{date}` | the day as it is after the change |
//! | `DELETE /weather/{location}/{date}` | 204 |
//!
//! What cannot be answered is told in one shape, with everything that is wrong at once: `{"errors": {"date__foo": "…"}}`.

mod errors;
mod fields;
mod item;
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

/// The longest body that is read, in bytes.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// How long requests may still take once the service is to stop.
const STOPPING_TIME_MAX: Duration = Duration::from_secs(10);

/// The service's routes, on a database that has the table of [`Weather`]. Nothing scans, whatever is asked.
pub fn router(db: &Database) -> Router {
    Router::new()
        .route("/weather", post(item::create))
        .route("/weather/{location}", get(list::of_location))
        .route("/weather/{location}/{date}", get(item::read).patch(item::change).delete(item::delete))
        .route("/kinds/{kind}", get(list::of_kind))
        .fallback(errors::no_such_path)
        .method_not_allowed_fallback(errors::no_such_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(db.with_scan_policy(ScanPolicy::Deny))
}

/// Serves until `stop` is done. Then no request is taken any more, and those that are there have ten seconds.
pub async fn serve(
    listener: TcpListener,
    db: &Database,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, is_stopping) = oneshot::channel();
    let stop = async {
        stop.await;
        // Nobody listens any more where serving ended by itself.
        let _ = stopping.send(());
    };
    let time_is_up = async {
        let _ = is_stopping.await;
        tokio::time::sleep(STOPPING_TIME_MAX).await;
    };
    tokio::select! {
        served = axum::serve(listener, router(db)).with_graceful_shutdown(stop).into_future() => served,
        () = time_is_up => Ok(()),
    }
}
