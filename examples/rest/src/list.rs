//! Lists of days: lookups from the query string, and pages.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use djamodb::driver::DriverErrorKind;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use serde::Serialize;

use crate::errors::{Reasons, Refusal};
use crate::model::{self, Weather};
use crate::parameters::Parameters;

const PAGE_SIZE: usize = 25;
const PAGE_SIZE_MAX: usize = 100;

/// The parameters that are no lookups.
const AFTER: &str = "after";
const BEFORE: &str = "before";
const PAGE_SIZE_PARAMETER: &str = "page_size";

/// The one name of a path.
type NamePath = Result<Path<String>, PathRejection>;

/// A page, and the relative links to those beside it.
#[derive(Serialize)]
pub(crate) struct Page {
    items: Vec<Weather>,
    next: Option<String>,
    previous: Option<String>,
}

/// `GET /weather/{location}`: its days by date.
pub(crate) async fn of_location(State(db): State<Database>, path: NamePath, uri: Uri) -> Result<Json<Page>, Refusal> {
    let Path(location) = path?;
    let location = model::location(location).map_err(|why| Refusal::new(StatusCode::BAD_REQUEST, "location", why))?;
    let days = Weather::objects().set_hash_key(location);
    page(&days, &["date", "kind", "temp_max", "windy"], &uri, &db).await
}

/// `GET /kinds/{kind}`: its days by temperature.
pub(crate) async fn of_kind(State(db): State<Database>, path: NamePath, uri: Uri) -> Result<Json<Page>, Refusal> {
    let Path(kind) = path?;
    let kind = model::name(kind).map_err(|why| Refusal::new(StatusCode::BAD_REQUEST, "kind", why))?;
    let days = Weather::objects_kind_temperature().set_hash_key(kind);
    page(&days, &["date", "location", "temp_max", "windy"], &uri, &db).await
}

/// The page that the query string asks for: lookups on some fields, how many items, and after or before which token.
async fn page<I: Index<Model = Weather>>(
    days: &QuerySet<Weather, Weather, I>,
    fields: &[&str],
    uri: &Uri,
    db: &Database,
) -> Result<Json<Page>, Refusal> {
    let parameters = Parameters::of(uri)?;
    let mut reasons = Reasons::new();
    let mut asked = days.set_limit(PAGE_SIZE);
    let mut token = None;
    for (name, values) in parameters.iter() {
        let read = match name {
            PAGE_SIZE_PARAMETER => page_size(values).map(|size| asked = asked.set_limit(size)),
            AFTER | BEFORE if token.is_some() => Err(format!("cannot be given together with `{AFTER}` or `{BEFORE}`")),
            AFTER | BEFORE => only(values).map(|value| token = Some((name, value))),
            lookup => check(days, fields, lookup, values).map(|()| asked = asked.filter_lookup(lookup, values)),
        };
        if let Err(reason) = read {
            reasons.insert(name.to_owned(), reason);
        }
    }
    if !reasons.is_empty() {
        return Err(Refusal::of(StatusCode::BAD_REQUEST, reasons));
    }
    let page = match token {
        None => asked.cursor().page(db).await?,
        Some((name, token)) => {
            let cursor = if name == AFTER { asked.cursor().after(token) } else { asked.cursor().before(token) };
            cursor.page(db).await.map_err(|error| token_refused(name, error))?
        }
    };
    let link = |name: &str, token: Option<String>| {
        token.map(|token| format!("{}?{}", uri.path(), parameters.query_with(&[AFTER, BEFORE], (name, &token))))
    };
    Ok(Json(Page { items: page.items, next: link(AFTER, page.next), previous: link(BEFORE, page.previous) }))
}

/// Whether a lookup can be used. A queryset tells only the first that cannot, so that each is tried on its own.
fn check<I: Index<Model = Weather>>(
    days: &QuerySet<Weather, Weather, I>,
    fields: &[&str],
    lookup: &str,
    values: &[String],
) -> Result<(), String> {
    let field = lookup.split("__").next().unwrap_or_default();
    if !fields.contains(&field) {
        return Err(format!("days are not looked up by `{field}` here, but by: {}", fields.join(", ")));
    }
    match days.filter_lookup(lookup, values).explain() {
        Ok(_) => Ok(()),
        Err(PlanError::Lookup { error, .. }) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn page_size(values: &[String]) -> Result<usize, String> {
    match only(values)?.parse() {
        Ok(size @ 1..=PAGE_SIZE_MAX) => Ok(size),
        _ => Err(format!("must be a number from 1 to {PAGE_SIZE_MAX}")),
    }
}

fn only(values: &[String]) -> Result<&str, String> {
    match values {
        [only] => Ok(only),
        _ => Err(format!("is given {} times, and can be given once", values.len())),
    }
}

/// A token that cannot be used is the parameter's fault. So is what DynamoDB itself finds wrong: all else was looked at before,
/// and a token that is not signed may hold anything.
fn token_refused(parameter: &str, error: djamodb::Error) -> Refusal {
    let reason = match &error {
        djamodb::Error::Plan(PlanError::Token { reason, .. }) => reason.to_string(),
        djamodb::Error::Driver(driver) if *driver.kind() == DriverErrorKind::Validation => {
            "its key cannot be a key of the table".to_owned()
        }
        _ => return error.into(),
    };
    Refusal::new(StatusCode::BAD_REQUEST, parameter, format!("is no token of this list: {reason}"))
}
