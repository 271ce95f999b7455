//! Parameters of a query string.

use axum::http::{StatusCode, Uri};

use crate::errors::ErrorResponse;

/// Maximum number of different parameters of a request.
const PARAMETERS_MAX: usize = 32;

/// Parameters with all their values, in the order of their first occurrence.
pub(crate) struct Parameters(Vec<(String, Vec<String>)>);

impl Parameters {
    /// Parses the query string of a request.
    pub(crate) fn from_uri(uri: &Uri) -> Result<Self, ErrorResponse> {
        let mut parameters: Vec<(String, Vec<String>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            match parameters.iter().position(|(known, _)| *known == name) {
                Some(index) => parameters[index].1.push(value.into_owned()),
                None if parameters.len() == PARAMETERS_MAX => {
                    let reason = format!("must have at most {PARAMETERS_MAX} parameters");
                    return Err(ErrorResponse::new(StatusCode::BAD_REQUEST, "query", reason));
                }
                None => parameters.push((name.into_owned(), vec![value.into_owned()])),
            }
        }
        Ok(Self(parameters))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// Returns a query string without the parameters `without` and with an additional one.
    pub(crate) fn query_with(&self, without: &[&str], (name, value): (&str, &str)) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, values) in self.iter().filter(|(name, _)| !without.contains(name)) {
            query.extend_pairs(values.iter().map(|value| (name, value)));
        }
        query.append_pair(name, value).finish()
    }
}
