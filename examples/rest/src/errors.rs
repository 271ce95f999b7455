//! What cannot be answered, as JSON of one shape: `{"errors": {"date__foo": "…"}}`.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use djamodb::driver::{Applied, DriverError};
use djamodb::planner::PlanError;
use serde::Serialize;

/// What is wrong with what: a parameter, a field, or else `path`, `method`, `query`, `body`, `service`.
pub(crate) type Reasons = BTreeMap<String, String>;

/// How soon to ask again where the database does not say, in seconds.
const RETRY_AFTER_SECONDS: u64 = 1;

/// An answer that says why there is no other.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    reasons: Reasons,
    retry_after_seconds: Option<u64>,
}

#[derive(Serialize)]
struct Body {
    errors: Reasons,
}

impl Refusal {
    /// For one reason.
    pub(crate) fn new(status: StatusCode, what: &str, reason: impl Into<String>) -> Self {
        Self::of(status, Reasons::from([(what.to_owned(), reason.into())]))
    }

    /// For all these reasons.
    pub(crate) fn of(status: StatusCode, reasons: Reasons) -> Self {
        Self { status, reasons, retry_after_seconds: None }
    }

    /// The database may do the same later.
    fn later(after: Option<Duration>) -> Self {
        // Rounded up: who asks too early only makes it worse.
        let seconds = after.map_or(RETRY_AFTER_SECONDS, |after| after.as_secs().saturating_add(1));
        let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, "service", "the database is busy; try again later");
        Self { retry_after_seconds: Some(seconds), ..refusal }
    }

    /// Whoever asks cannot help it, and is not told more; whoever runs the service is.
    fn internal(error: &djamodb::Error) -> Self {
        eprintln!("error: {error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "service", "something went wrong here; it was written down")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { errors: self.reasons })).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<djamodb::Error> for Refusal {
    fn from(error: djamodb::Error) -> Self {
        use djamodb::Error;

        match &error {
            // No write has another condition than that there is an item.
            Error::ObjectDoesNotExist { .. } | Error::ConditionFailed { .. } => {
                Self::new(StatusCode::NOT_FOUND, "path", "there is no such day")
            }
            Error::ObjectAlreadyExists { .. } => Self::new(
                StatusCode::CONFLICT,
                "date",
                "there is a day of this location and date already; PATCH changes it",
            ),
            Error::Plan(PlanError::TooManyRequests { .. }) => {
                Self::new(StatusCode::BAD_REQUEST, "query", "these are too many values at a time")
            }
            Error::Driver(driver) if may_pass(driver) => Self::later(driver.retry_after()),
            _ => Self::internal(&error),
        }
    }
}

/// Whether nothing was done, and the same request may succeed later: when it was throttled, for example.
fn may_pass(error: &DriverError) -> bool {
    error.retryable() && error.applied() == Applied::No
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), "body", rejection.body_text())
    }
}

impl From<PathRejection> for Refusal {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), "path", rejection.body_text())
    }
}

/// Answers where no route leads.
pub(crate) async fn no_such_path(uri: Uri) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "path", format!("there is nothing at {}", uri.path()))
}

/// Answers what a route does not do; the header `Allow` says what it does.
pub(crate) async fn no_such_method(method: Method) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", format!("this cannot be asked for with {method}"))
}
