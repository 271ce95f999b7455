//! Error responses, which all have the form `{"errors": {"date__foo": "…"}}`.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use djamodb::driver::{Applied, DriverError};
use djamodb::planner::PlanError;
use serde::Serialize;

/// Messages by their subject: a parameter, a field, or `path`, `method`, `query`, `body` or `service`.
pub(crate) type Reasons = BTreeMap<String, String>;

/// Value of `Retry-After` in seconds if the database does not set one.
const RETRY_AFTER_SECONDS: u64 = 1;

/// An error response.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    status: StatusCode,
    reasons: Reasons,
    retry_after_seconds: Option<u64>,
}

#[derive(Serialize)]
struct Body {
    errors: Reasons,
}

impl ErrorResponse {
    /// Creates a response with one message.
    pub(crate) fn new(status: StatusCode, subject: &str, reason: impl Into<String>) -> Self {
        Self::with_reasons(status, Reasons::from([(subject.to_owned(), reason.into())]))
    }

    /// Creates a response with several messages.
    pub(crate) fn with_reasons(status: StatusCode, reasons: Reasons) -> Self {
        Self { status, reasons, retry_after_seconds: None }
    }

    /// Creates the response for a request that may succeed later.
    fn busy(after: Option<Duration>) -> Self {
        // Rounded up, because retrying too early adds load.
        let seconds = after.map_or(RETRY_AFTER_SECONDS, |after| after.as_secs().saturating_add(1));
        let response = Self::new(StatusCode::SERVICE_UNAVAILABLE, "service", "the database is busy; try again later");
        Self { retry_after_seconds: Some(seconds), ..response }
    }

    /// Logs `error` and creates a response without details.
    fn internal(error: &djamodb::Error) -> Self {
        eprintln!("error: {error}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "service",
            "internal error; the details are in the log of the service",
        )
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { errors: self.reasons })).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<djamodb::Error> for ErrorResponse {
    fn from(error: djamodb::Error) -> Self {
        use djamodb::Error;

        match &error {
            // The only condition of a write is that the item exists.
            Error::ObjectDoesNotExist { .. } | Error::ConditionFailed { .. } => {
                Self::new(StatusCode::NOT_FOUND, "path", "this day does not exist")
            }
            Error::ObjectAlreadyExists { .. } => Self::new(
                StatusCode::CONFLICT,
                "date",
                "a day with this location and date already exists; use PATCH to change it",
            ),
            Error::Plan(PlanError::TooManyRequests { .. } | PlanError::TooManyCombinations { .. }) => {
                Self::new(StatusCode::BAD_REQUEST, "query", "too many values; pass fewer values to `in` lookups")
            }
            Error::Plan(PlanError::Lookup { error, .. }) => {
                Self::new(StatusCode::BAD_REQUEST, "query", error.to_string())
            }
            Error::Driver(driver) if may_succeed_later(driver) => Self::busy(driver.retry_after()),
            _ => Self::internal(&error),
        }
    }
}

/// Returns `true` if the request was not applied and may succeed later, for example because it was throttled.
fn may_succeed_later(error: &DriverError) -> bool {
    error.retryable() && error.applied() == Applied::No
}

impl From<JsonRejection> for ErrorResponse {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), "body", rejection.body_text())
    }
}

impl From<PathRejection> for ErrorResponse {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), "path", rejection.body_text())
    }
}

/// Responds to a path without a route.
pub(crate) async fn unknown_path(uri: Uri) -> ErrorResponse {
    ErrorResponse::new(StatusCode::NOT_FOUND, "path", format!("unknown path {}", uri.path()))
}

/// Responds to a method that the route does not support. axum adds the header `Allow`.
pub(crate) async fn unsupported_method(method: Method) -> ErrorResponse {
    ErrorResponse::new(StatusCode::METHOD_NOT_ALLOWED, "method", format!("the path does not support {method}"))
}
