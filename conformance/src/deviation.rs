//! Known deviations of backends from AWS, and the file that lists them.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Backend, Case};

const BUILT_IN: &str = include_str!("../deviations.json");

/// A known difference between a backend and AWS.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Identifier that cases pass to [`Context::deviates`](crate::Context::deviates), in kebab case.
    pub id: String,
    /// [`Backend::id`] of the backend that deviates.
    pub backend: String,
    /// Names of the cases that assert the deviation. Each of them must look the deviation up.
    pub cases: Vec<String>,
    /// Test that asserts the deviation where no case can, such as `differential`: cases have plans, and plans have no text.
    #[serde(default)]
    pub asserted_by: Option<String>,
    /// Evidence: the URL of a page of the backend's documentation, or `observed with` followed by a version.
    pub source: String,
    /// Behaviour of AWS.
    pub aws: String,
    /// Behaviour of the backend.
    pub instead: BackendBehaviour,
}

/// Behaviour of a backend where it deviates from AWS.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackendBehaviour {
    /// The same error as on AWS with this message, in which `*` matches any text.
    Message(String),
    /// A description for readers. The case itself contains the code that asserts it.
    #[serde(rename = "behaviour")]
    Described(String),
}

/// Error that is returned for a deviations file that is not valid JSON of the expected shape.
pub struct DeviationsError(serde_json::Error);

/// List of all known deviations.
#[derive(Clone, Debug)]
pub struct Deviations(Vec<Deviation>);

impl Deviations {
    /// Returns the entries of this crate's `deviations.json`.
    ///
    /// # Errors
    ///
    /// Returns [`DeviationsError`] if the file cannot be parsed.
    pub fn built_in() -> Result<Self, DeviationsError> {
        Self(Vec::new()).with_entries(BUILT_IN)
    }

    /// Appends the entries of `json`, a JSON array of objects with the fields of [`Deviation`].
    ///
    /// # Errors
    ///
    /// Returns [`DeviationsError`] if `json` is not such an array.
    pub fn with_entries(mut self, json: &str) -> Result<Self, DeviationsError> {
        self.0.extend(serde_json::from_str::<Vec<Deviation>>(json).map_err(DeviationsError)?);
        Ok(self)
    }

    /// Returns the entries in the order in which they were added.
    pub fn entries(&self) -> &[Deviation] {
        &self.0
    }

    /// Returns the entries that `case` has to assert on `backend`.
    pub(crate) fn for_case(&self, backend: Backend, case: &Case) -> impl Iterator<Item = &Deviation> {
        self.0
            .iter()
            .filter(move |entry| entry.backend == backend.id() && entry.cases.iter().any(|name| name == case.name))
    }

    /// Returns `true` if an entry `id` names `case`, for any backend.
    ///
    /// A case that looks up an id that is not listed contains a misspelled id or a dead branch.
    pub(crate) fn is_listed(&self, case: &Case, id: &str) -> bool {
        self.0.iter().any(|entry| entry.id == id && entry.cases.iter().any(|name| name == case.name))
    }

    /// Returns a message for each entry that is invalid by itself, whatever the cases do at run time.
    pub(crate) fn validate(&self, cases: &[&Case]) -> Vec<String> {
        let mut errors = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in &self.0 {
            let shown = format!("deviation `{}` of backend `{}`", entry.id, entry.backend);
            if !seen.insert((&entry.id, &entry.backend)) {
                errors.push(format!("{shown} is listed twice"));
            }
            if entry.source.trim().is_empty() || entry.aws.trim().is_empty() {
                errors.push(format!("{shown} has an empty `source` or `aws`"));
            }
            if entry.cases.is_empty() && entry.asserted_by.is_none() {
                errors.push(format!("{shown} names no case; remove the entry"));
            }
            for name in &entry.cases {
                if !cases.iter().any(|case| case.name == name) {
                    errors.push(format!("{shown} names the case `{name}`, which does not exist"));
                }
            }
        }
        errors
    }
}

impl std::fmt::Display for DeviationsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot parse the deviations: {}", self.0)
    }
}

impl std::fmt::Debug for DeviationsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if f.alternate() {
            f.debug_tuple("DeviationsError").field(&self.0).finish()
        } else {
            std::fmt::Display::fmt(self, f)
        }
    }
}

impl std::error::Error for DeviationsError {}

/// Returns `true` if `text` matches `pattern`, in which `*` matches any text.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_messages() {
        for (pattern, text) in
            [("abc", "abc"), ("a*c", "abbc"), ("*", ""), ("a*b*c", "a-b-b-c"), ("a*", "a"), ("*c", "c")]
        {
            assert!(matches_pattern(pattern, text), "`{pattern}` matches `{text}`");
        }
        for (pattern, text) in [("abc", "abcd"), ("a*c", "cba"), ("a*b*c", "acb"), ("ab*bc", "abc"), ("*c", "cd")] {
            assert!(!matches_pattern(pattern, text), "`{pattern}` does not match `{text}`");
        }
    }

    #[test]
    fn reports_every_invalid_entry() {
        let json = r#"[
            {"id": "a", "backend": "b", "cases": ["none"], "source": "s", "aws": "x", "instead": {"message": "m"}},
            {"id": "a", "backend": "b", "cases": [], "source": " ", "aws": "x", "instead": {"behaviour": "m"}}
        ]"#;
        let errors = Deviations(Vec::new()).with_entries(json).unwrap().validate(&[]);
        let expected = ["does not exist", "is listed twice", "has an empty `source`", "names no case"];
        assert_eq!(errors.len(), expected.len(), "{errors:?}");
        for (error, expected) in errors.iter().zip(expected) {
            assert!(error.contains(expected), "{error}");
        }
        assert!(Deviations(Vec::new()).with_entries(r#"[{"id": "a"}]"#).is_err());
    }

    #[test]
    fn the_built_in_file_names_existing_cases() {
        assert_eq!(Deviations::built_in().unwrap().validate(&crate::cases()), Vec::<String>::new());
    }
}
