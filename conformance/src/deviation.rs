//! Where backends are known to do something else than AWS.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Backend, Case};

/// The entries of this crate's own file.
const OWN: &str = include_str!("../deviations.json");

/// One thing that a backend is known to do otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// What cases ask for it by: words in kebab case.
    pub id: String,
    /// The backend, by [`Backend::id`].
    pub backend: String,
    /// The names of the cases that assert it. Each of them must ask for it.
    pub cases: Vec<String>,
    /// How it is known: a page of its documentation, or `observed with` and a version.
    pub source: String,
    /// What AWS does.
    pub aws: String,
    /// What the backend does.
    pub instead: Instead,
}

/// What a backend does instead.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// The same error with this message, where `*` stands for anything.
    Message(String),
    /// Something that the case knows how to assert, in words.
    Behaviour(String),
}

/// Why a deviations file cannot be used.
#[derive(Debug)]
pub struct DeviationsError(serde_json::Error);

/// All that is known to deviate.
#[derive(Clone, Debug)]
pub struct Deviations(Vec<Deviation>);

impl Deviations {
    /// The entries of this crate's own file.
    pub fn own() -> Result<Self, DeviationsError> {
        Self(Vec::new()).and(OWN)
    }

    /// These entries and those of another file: a JSON array.
    pub fn and(mut self, json: &str) -> Result<Self, DeviationsError> {
        self.0.extend(serde_json::from_str::<Vec<Deviation>>(json).map_err(DeviationsError)?);
        Ok(self)
    }

    /// The entries.
    pub fn entries(&self) -> &[Deviation] {
        &self.0
    }

    /// The entries that a case has to assert on a backend.
    pub(crate) fn of(&self, backend: Backend, case: &Case) -> impl Iterator<Item = &Deviation> {
        self.0.iter().filter(move |entry| entry.backend == backend.id() && entry.cases.iter().any(|at| at == case.name))
    }

    /// Whether any backend deviates so in a case. A case that asks for something else has a misspelled or dead branch.
    pub(crate) fn knows(&self, case: &Case, id: &str) -> bool {
        self.0.iter().any(|entry| entry.id == id && entry.cases.iter().any(|at| at == case.name))
    }

    /// What is wrong with the entries by themselves.
    pub(crate) fn mistakes(&self, cases: &[&Case]) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in &self.0 {
            let shown = format!("the deviation {} of {}", entry.id, entry.backend);
            if !seen.insert((&entry.id, &entry.backend)) {
                mistakes.push(format!("{shown} is listed twice"));
            }
            if entry.source.trim().is_empty() || entry.aws.trim().is_empty() {
                mistakes.push(format!("{shown} does not say how it is known, or what AWS does"));
            }
            if entry.cases.is_empty() {
                mistakes.push(format!("{shown} is asserted by no case; take it out"));
            }
            for name in &entry.cases {
                if !cases.iter().any(|case| case.name == name) {
                    mistakes.push(format!("{shown} names the case {name}, which does not exist"));
                }
            }
        }
        mistakes
    }
}

impl std::fmt::Display for DeviationsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the deviations cannot be read: {}", self.0)
    }
}

impl std::error::Error for DeviationsError {}

/// Whether a text is what a pattern says, in which `*` stands for anything.
pub(crate) fn is_like(pattern: &str, text: &str) -> bool {
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
    fn a_pattern_that_matches_too_much_would_hide_a_wrong_message() {
        for (pattern, text) in
            [("abc", "abc"), ("a*c", "abbc"), ("*", ""), ("a*b*c", "a-b-b-c"), ("a*", "a"), ("*c", "c")]
        {
            assert!(is_like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("abc", "abcd"), ("a*c", "cba"), ("a*b*c", "acb"), ("ab*bc", "abc"), ("*c", "cd")] {
            assert!(!is_like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn an_entry_that_is_wrong_by_itself_would_never_be_asserted() {
        let json = r#"[
            {"id": "a", "backend": "b", "cases": ["none"], "source": "s", "aws": "x", "instead": {"message": "m"}},
            {"id": "a", "backend": "b", "cases": [], "source": " ", "aws": "x", "instead": {"behaviour": "m"}}
        ]"#;
        let mistakes = Deviations(Vec::new()).and(json).unwrap().mistakes(&[]);
        let expected = ["does not exist", "is listed twice", "how it is known", "is asserted by no case"];
        assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
        for (mistake, expected) in mistakes.iter().zip(expected) {
            assert!(mistake.contains(expected), "{mistake}");
        }
        assert!(Deviations(Vec::new()).and(r#"[{"id": "a"}]"#).is_err());
    }

    #[test]
    fn the_own_file_names_cases_that_exist() {
        assert_eq!(Deviations::own().unwrap().mistakes(&crate::cases()), Vec::<String>::new());
    }
}
