//! The parameters of a query string.

use axum::http::{StatusCode, Uri};

use crate::errors::Refusal;

/// The most parameters that a request can have.
const PARAMETERS_MAX: usize = 32;

/// The parameters of a query string: each once, with all its values, in the order in which they were given.
pub(crate) struct Parameters(Vec<(String, Vec<String>)>);

impl Parameters {
    /// The parameters of a request.
    pub(crate) fn of(uri: &Uri) -> Result<Self, Refusal> {
        let mut parameters: Vec<(String, Vec<String>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            match parameters.iter().position(|(known, _)| *known == name) {
                Some(at) => parameters[at].1.push(value.into_owned()),
                None if parameters.len() == PARAMETERS_MAX => {
                    let reason = format!("has more than {PARAMETERS_MAX} parameters");
                    return Err(Refusal::new(StatusCode::BAD_REQUEST, "query", reason));
                }
                None => parameters.push((name.into_owned(), vec![value.into_owned()])),
            }
        }
        Ok(Self(parameters))
    }

    /// Each name with its values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// A query string of these parameters without some, and with another.
    pub(crate) fn query_with(&self, without: &[&str], (name, value): (&str, &str)) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, values) in self.iter().filter(|(name, _)| !without.contains(name)) {
            query.extend_pairs(values.iter().map(|value| (name, value)));
        }
        query.append_pair(name, value).finish()
    }
}
