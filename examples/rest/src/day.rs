//! Handlers that create, read, change and delete one day.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use djamodb::prelude::*;

use crate::errors::ErrorResponse;
use crate::fields::{Fields, ObjectBody};
use crate::model::{self, Weather};

/// Location and date in the path.
type DayPath = Result<Path<(String, String)>, PathRejection>;

/// `POST /weather`.
pub(crate) async fn create(State(db): State<Database>, body: ObjectBody) -> Result<impl IntoResponse, ErrorResponse> {
    let mut fields = Fields::from_body(body)?;
    let weather = Weather {
        location: fields.required("location", model::location),
        date: fields.required("date", model::day),
        kind: fields.optional("kind", model::kind).flatten(),
        temp_max: fields.required("temp_max", model::temperature),
        windy: fields.required("windy", Ok),
    };
    let mut weather = fields.finish(weather)?;
    weather.create(&db).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, weather.path())], Json(weather)))
}

/// `GET /weather/{location}/{date}`.
pub(crate) async fn read(State(db): State<Database>, path: DayPath) -> Result<Json<Weather>, ErrorResponse> {
    Ok(Json(Weather::get_by_key(key(path)?, &db).await?))
}

/// `PATCH /weather/{location}/{date}`: changes only the fields in the body. A kind of `null` is removed.
pub(crate) async fn change(
    State(db): State<Database>,
    path: DayPath,
    body: ObjectBody,
) -> Result<Json<Weather>, ErrorResponse> {
    let mut weather = Weather::with_key(key(path)?);
    let mut fields = Fields::from_body(body)?;
    let kind = fields.optional("kind", model::kind).map(|kind| match kind {
        Some(kind) => Weather::KIND.set(kind),
        None => Weather::KIND.remove(),
    });
    let temp_max = fields.optional("temp_max", model::temperature).map(|degrees| Weather::TEMP_MAX.set(degrees));
    let windy = fields.optional("windy", Ok::<bool, _>).map(|windy| Weather::WINDY.set(windy));
    let edits: Vec<Edits<Weather>> = fields.finish([kind, temp_max, windy].into_iter().flatten().collect())?;
    if edits.is_empty() {
        return Err(ErrorResponse::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "body",
            "must contain at least one field to change",
        ));
    }
    weather.update(edits, &db).await?;
    Ok(Json(weather))
}

/// `DELETE /weather/{location}/{date}`.
pub(crate) async fn delete(State(db): State<Database>, path: DayPath) -> Result<StatusCode, ErrorResponse> {
    let weather = Weather::with_key(key(path)?);
    weather.delete(&db).condition(Weather::LOCATION.exists()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the key in the path.
fn key(path: DayPath) -> Result<(String, DateTime<Utc>), ErrorResponse> {
    let Path((location, date)) = path?;
    match (model::location(location), model::day(date)) {
        (Ok(location), Ok(date)) => Ok((location, date)),
        (location, date) => {
            let errors = [("location", location.err()), ("date", date.err())];
            let reasons = errors.into_iter().filter_map(|(name, reason)| Some((name.to_owned(), reason?)));
            Err(ErrorResponse::with_reasons(StatusCode::BAD_REQUEST, reasons.collect()))
        }
    }
}
