//! The fields of a body, each read on its own, so that everything that is wrong can be told at once.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::errors::{Reasons, Refusal};

/// A body that is a JSON object, or why it is none.
pub(crate) type ObjectBody = Result<Json<Map<String, Value>>, JsonRejection>;

/// The fields of a JSON object: taken out one by one, and then [`finish`](Self::finish).
pub(crate) struct Fields {
    values: Map<String, Value>,
    known: Vec<&'static str>,
    reasons: Reasons,
}

impl Fields {
    /// The fields of a body.
    pub(crate) fn of(body: ObjectBody) -> Result<Self, Refusal> {
        let Json(values) = body?;
        Ok(Self { values, known: Vec::new(), reasons: Reasons::new() })
    }

    /// A field that may be left out.
    pub(crate) fn given<J: DeserializeOwned, T>(
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

    /// A field that must be there. Where it is not, or is wrong, what is given here goes nowhere: `finish` refuses.
    pub(crate) fn required<J: DeserializeOwned, T: Default>(
        &mut self,
        name: &'static str,
        check: impl FnOnce(J) -> Result<T, String>,
    ) -> T {
        if !self.values.contains_key(name) {
            self.reasons.insert(name.to_owned(), "is missing".to_owned());
        }
        self.given(name, check).unwrap_or_default()
    }

    /// What was made of the fields, if nothing is wrong with them and no other was given.
    pub(crate) fn finish<T>(mut self, made: T) -> Result<T, Refusal> {
        for (name, _) in self.values {
            self.reasons
                .insert(name, format!("is none of the fields that can be given here: {}", self.known.join(", ")));
        }
        if self.reasons.is_empty() {
            return Ok(made);
        }
        Err(Refusal::of(StatusCode::UNPROCESSABLE_ENTITY, self.reasons))
    }
}
