//! Fields of a JSON body, which are validated one by one so that all errors can be reported together.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::errors::{ErrorResponse, Reasons};

/// A JSON object, or the reason why the body is not one.
pub(crate) type ObjectBody = Result<Json<Map<String, Value>>, JsonRejection>;

/// The fields of a JSON object. They are taken one by one, and then checked by [`finish`](Self::finish).
pub(crate) struct Fields {
    values: Map<String, Value>,
    known: Vec<&'static str>,
    reasons: Reasons,
}

impl Fields {
    /// Reads the fields of a body.
    pub(crate) fn from_body(body: ObjectBody) -> Result<Self, ErrorResponse> {
        let Json(values) = body?;
        Ok(Self { values, known: Vec::new(), reasons: Reasons::new() })
    }

    /// Takes an optional field. Returns `None` if it is missing or invalid.
    pub(crate) fn optional<J: DeserializeOwned, T>(
        &mut self,
        name: &'static str,
        check: impl FnOnce(J) -> Result<T, String>,
    ) -> Option<T> {
        self.known.push(name);
        let value = self.values.remove(name)?;
        match serde_json::from_value(value).map_err(|error| error.to_string()).and_then(check) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.reasons.insert(name.to_owned(), reason);
                None
            }
        }
    }

    /// Takes a required field. Returns the default value if it is missing or invalid, in which case `finish` fails.
    pub(crate) fn required<J: DeserializeOwned, T: Default>(
        &mut self,
        name: &'static str,
        check: impl FnOnce(J) -> Result<T, String>,
    ) -> T {
        if !self.values.contains_key(name) {
            self.reasons.insert(name.to_owned(), "is missing".to_owned());
        }
        self.optional(name, check).unwrap_or_default()
    }

    /// Returns `value`, unless a field is invalid or unknown.
    pub(crate) fn finish<T>(mut self, value: T) -> Result<T, ErrorResponse> {
        for (name, _) in self.values {
            self.reasons.insert(name, format!("unknown field; the fields are: {}", self.known.join(", ")));
        }
        if self.reasons.is_empty() {
            return Ok(value);
        }
        Err(ErrorResponse::with_reasons(StatusCode::UNPROCESSABLE_ENTITY, self.reasons))
    }
}
