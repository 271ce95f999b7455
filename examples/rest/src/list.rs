//! Handlers that list days: lookups from the query string, and pages.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use djamodb::driver::DriverErrorKind;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use serde::Serialize;

use crate::errors::{ErrorResponse, Reasons};
use crate::model::{self, Weather};
use crate::parameters::Parameters;

const PAGE_SIZE: usize = 25;
const PAGE_SIZE_MAX: usize = 100;

// Parameters that are not lookups.
const AFTER: &str = "after";
const BEFORE: &str = "before";
const PAGE_SIZE_PARAMETER: &str = "page_size";

/// Name in the path.
type NamePath = Result<Path<String>, PathRejection>;

/// A page of days with relative links to the next and the previous page.
#[derive(Serialize)]
pub(crate) struct Page {
    items: Vec<Weather>,
    next: Option<String>,
    previous: Option<String>,
}

/// `GET /weather/{location}`: days of a location, sorted by date.
pub(crate) async fn of_location(
    State(db): State<Database>,
    path: NamePath,
    uri: Uri,
) -> Result<Json<Page>, ErrorResponse> {
    let Path(location) = path?;
    let location =
        model::location(location).map_err(|reason| ErrorResponse::new(StatusCode::BAD_REQUEST, "location", reason))?;
    let days = Weather::objects().set_hash_key(location);
    page(&days, &["date", "kind", "temp_max", "windy"], &uri, &db).await
}

/// `GET /kinds/{kind}`: days of a kind of weather, sorted by temperature.
pub(crate) async fn of_kind(State(db): State<Database>, path: NamePath, uri: Uri) -> Result<Json<Page>, ErrorResponse> {
    let Path(kind) = path?;
    let kind = model::name(kind).map_err(|reason| ErrorResponse::new(StatusCode::BAD_REQUEST, "kind", reason))?;
    let days = Weather::objects_kind_temperature().set_hash_key(kind);
    page(&days, &["date", "location", "temp_max", "windy"], &uri, &db).await
}

/// Returns the page selected by the query string: its lookups on `fields`, its page size and its token.
async fn page<I: Index<Model = Weather>>(
    days: &QuerySet<Weather, Weather, I>,
    fields: &[&str],
    uri: &Uri,
    db: &Database,
) -> Result<Json<Page>, ErrorResponse> {
    let parameters = Parameters::from_uri(uri)?;
    let mut reasons = Reasons::new();
    let mut filtered = days.set_limit(PAGE_SIZE);
    let mut token = None;
    for (name, values) in parameters.iter() {
        let result = match name {
            PAGE_SIZE_PARAMETER => page_size(values).map(|size| filtered = filtered.set_limit(size)),
            AFTER | BEFORE if token.is_some() => Err(format!("cannot be combined with `{AFTER}` or `{BEFORE}`")),
            AFTER | BEFORE => single_value(values).map(|value| token = Some((name, value))),
            lookup => {
                check_lookup(days, fields, lookup, values).map(|()| filtered = filtered.filter_lookup(lookup, values))
            }
        };
        if let Err(reason) = result {
            reasons.insert(name.to_owned(), reason);
        }
    }
    if !reasons.is_empty() {
        return Err(ErrorResponse::with_reasons(StatusCode::BAD_REQUEST, reasons));
    }
    let page = match token {
        None => filtered.cursor().page(db).await?,
        Some((name, token)) => {
            let cursor = if name == AFTER { filtered.cursor().after(token) } else { filtered.cursor().before(token) };
            cursor.page(db).await.map_err(|error| token_error(name, error))?
        }
    };
    let link = |name: &str, token: Option<String>| {
        token.map(|token| format!("{}?{}", uri.path(), parameters.query_with(&[AFTER, BEFORE], (name, &token))))
    };
    Ok(Json(Page { items: page.items, next: link(AFTER, page.next), previous: link(BEFORE, page.previous) }))
}

/// Checks one lookup. A queryset reports only its first invalid lookup, so each is checked separately.
fn check_lookup<I: Index<Model = Weather>>(
    days: &QuerySet<Weather, Weather, I>,
    fields: &[&str],
    lookup: &str,
    values: &[String],
) -> Result<(), String> {
    let field = lookup.split("__").next().unwrap_or_default();
    if !fields.contains(&field) {
        return Err(format!("no lookups on `{field}`; use one of: {}", fields.join(", ")));
    }
    match days.filter_lookup(lookup, values).explain() {
        Ok(_) => Ok(()),
        Err(PlanError::Lookup { error, .. }) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn page_size(values: &[String]) -> Result<usize, String> {
    match single_value(values)?.parse() {
        Ok(size @ 1..=PAGE_SIZE_MAX) => Ok(size),
        _ => Err(format!("must be a number from 1 to {PAGE_SIZE_MAX}")),
    }
}

fn single_value(values: &[String]) -> Result<&str, String> {
    match values {
        [value] => Ok(value),
        _ => Err(format!("must occur once, found {} times", values.len())),
    }
}

/// Converts an error of a page that begins at a token. A validation error of DynamoDB is caused by the token too, because all other
/// parameters were checked before and a token without a signature may contain anything.
fn token_error(parameter: &str, error: djamodb::Error) -> ErrorResponse {
    let reason = match &error {
        djamodb::Error::Plan(PlanError::Token { reason, .. }) => reason.to_string(),
        djamodb::Error::Driver(driver) if *driver.kind() == DriverErrorKind::Validation => {
            "its key cannot be a key of the table".to_owned()
        }
        _ => return error.into(),
    };
    ErrorResponse::new(StatusCode::BAD_REQUEST, parameter, format!("is not a token of this list: {reason}"))
}
