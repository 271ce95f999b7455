//! Bounds on the body of a request.

use std::error::Error as _;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;

use crate::ServiceLimits;
use crate::errors::ErrorResponse;

/// Receives the whole body before the request is handled, so that no handler waits for a client.
pub(crate) async fn within_limits(State(limits): State<ServiceLimits>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let error = |status, reason: String| ErrorResponse::new(status, "body", reason).into_response();
    match tokio::time::timeout(limits.body_time, to_bytes(body, limits.body_bytes)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(reason)) if reason.source().is_some_and(|source| source.is::<LengthLimitError>()) => {
            error(StatusCode::PAYLOAD_TOO_LARGE, format!("must have at most {} bytes", limits.body_bytes))
        }
        Ok(Err(reason)) => error(StatusCode::BAD_REQUEST, format!("cannot be received: {reason}")),
        Err(_) => {
            error(StatusCode::REQUEST_TIMEOUT, format!("must arrive within {} seconds", limits.body_time.as_secs_f64()))
        }
    }
}
