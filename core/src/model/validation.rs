//! Errors of the validators of models and documents.

mod error;

pub use error::{ValidationError, ValidatorError};

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use super::Attribute;

/// Key of the errors that belong to no attribute in a [`message_dict`](ValidationErrors::message_dict), as Django's `NON_FIELD_ERRORS`.
pub const NON_FIELD_ERRORS: &str = "__all__";

/// The errors of a value of the model or document `M`, each with its path.
///
/// A validator of a struct fills it. [`add`](Self::add) takes an attribute of `M`:
///
/// ```
/// use djamodb::model::ValidationErrors;
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "trips", validate = Self::check_days)]
/// struct Trip {
///     #[model(hash_key, validate = length(1..=20))]
///     name: String,
///     first_day: u32,
///     last_day: u32,
/// }
///
/// impl Trip {
///     fn check_days(&self) -> Result<(), ValidationErrors<Self>> {
///         let mut errors = ValidationErrors::new();
///         if self.last_day < self.first_day {
///             errors.add(Self::LAST_DAY, "is before the first day");
///         }
///         errors.into_result()
///     }
/// }
///
/// let trip = Trip { name: String::new(), first_day: 9, last_day: 8 };
/// let errors = trip.full_clean().unwrap_err();
/// let errors: Vec<_> = errors.iter().map(|error| (error.path(), error.message())).collect();
/// assert_eq!(errors, [("name", "must not be empty"), ("last_day", "is before the first day")]);
/// ```
pub struct ValidationErrors<M: ?Sized> {
    errors: Vec<ValidationError>,
    marker: PhantomData<fn(&M)>,
}

impl<M: ?Sized> ValidationErrors<M> {
    /// Creates an empty collection.
    pub const fn new() -> Self {
        Self { errors: Vec::new(), marker: PhantomData }
    }

    /// Adds an error about the value of an attribute, which can be nested: `Trip::STATION.at(Station::CITY)`. A path of the error itself
    /// continues that of the attribute.
    pub fn add<T, K>(&mut self, attribute: Attribute<M, T, K>, error: impl Into<ValidationError>)
    where
        M: Sized,
    {
        self.errors.push(error.into().at(&attribute.into_path().to_string()));
    }

    /// Adds an error about the whole value, or about the path that the error has.
    pub fn push(&mut self, error: impl Into<ValidationError>) {
        self.errors.push(error.into());
    }

    /// Adds the errors of the attribute or map entry `name`, which `collect` finds.
    pub fn nested<T: ?Sized>(&mut self, name: &str, collect: impl FnOnce(&mut ValidationErrors<T>)) {
        let mut nested = ValidationErrors::new();
        collect(&mut nested);
        self.errors.extend(nested.errors.into_iter().map(|error| error.at(name)));
    }

    /// Adds the errors of the list element `index`, counted from 0, which `collect` finds.
    pub fn nested_at_index<T: ?Sized>(&mut self, index: usize, collect: impl FnOnce(&mut ValidationErrors<T>)) {
        let mut nested = ValidationErrors::new();
        collect(&mut nested);
        self.errors.extend(nested.errors.into_iter().map(|error| error.at_index(index)));
    }

    /// Adds the errors of a value that is stored in place of this one, such as the value in an `Option`.
    pub fn inner<T: ?Sized>(&mut self, collect: impl FnOnce(&mut ValidationErrors<T>)) {
        let mut inner = ValidationErrors { errors: std::mem::take(&mut self.errors), marker: PhantomData };
        collect(&mut inner);
        self.errors = inner.errors;
    }

    /// Returns the number of errors.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// Returns `true` if there are no errors.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// Iterates over the errors, those of an attribute in the order of its validators.
    pub fn iter(&self) -> std::slice::Iter<'_, ValidationError> {
        self.errors.iter()
    }

    /// Returns the errors as the error of a validator, or `Ok` if there are none.
    ///
    /// # Errors
    ///
    /// Returns the errors, if there are any.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Returns the messages by path, as Django's `message_dict`, which can be written as JSON. The key of errors about the whole value
    /// is [`NON_FIELD_ERRORS`].
    pub fn message_dict(&self) -> BTreeMap<String, Vec<String>> {
        message_dict(self.errors.iter().map(|error| (error.path().to_owned(), error)))
    }

    /// Returns the errors without the type of the value.
    pub fn into_vec(self) -> Vec<ValidationError> {
        self.errors
    }
}

/// Returns the messages of errors by their paths.
pub(crate) fn message_dict<'a>(
    errors: impl IntoIterator<Item = (String, &'a ValidationError)>,
) -> BTreeMap<String, Vec<String>> {
    let mut messages = BTreeMap::<_, Vec<String>>::new();
    for (path, error) in errors {
        let path = if path.is_empty() { NON_FIELD_ERRORS.to_owned() } else { path };
        messages.entry(path).or_default().push(error.message().to_owned());
    }
    messages
}

impl<M: ?Sized> Default for ValidationErrors<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: ?Sized> Clone for ValidationErrors<M> {
    fn clone(&self) -> Self {
        Self { errors: self.errors.clone(), marker: PhantomData }
    }
}

impl<M: ?Sized> PartialEq for ValidationErrors<M> {
    fn eq(&self, other: &Self) -> bool {
        self.errors == other.errors
    }
}

impl<M: ?Sized> fmt::Display for ValidationErrors<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.errors.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl<M: ?Sized> fmt::Debug for ValidationErrors<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.debug_list().entries(&self.errors).finish() } else { fmt::Display::fmt(self, f) }
    }
}

impl<M: ?Sized> std::error::Error for ValidationErrors<M> {}

impl<'a, M: ?Sized> IntoIterator for &'a ValidationErrors<M> {
    type Item = &'a ValidationError;
    type IntoIter = std::slice::Iter<'a, ValidationError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<M: ?Sized> IntoIterator for ValidationErrors<M> {
    type Item = ValidationError;
    type IntoIter = std::vec::IntoIter<ValidationError>;

    fn into_iter(self) -> Self::IntoIter {
        self.errors.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    struct Sample;

    #[test]
    fn the_path_of_a_nested_error_begins_at_the_outermost_value() {
        let mut errors = ValidationErrors::<Sample>::new();
        errors.push("is too much");
        errors.nested::<[u8]>("stations", |stations| {
            stations.nested_at_index::<u8>(2, |station| {
                station.push(ValidationError::new("must not be empty").at("city"));
            });
        });
        errors.nested::<u8>("total", |total| total.push(Cow::Borrowed("must be at least 1")));
        errors.inner::<u8>(|inner| inner.push(String::from("is odd")));
        let found: Vec<_> = errors.iter().map(|error| (error.path(), error.message())).collect();
        let expected = [
            ("", "is too much"),
            ("stations[2].city", "must not be empty"),
            ("total", "must be at least 1"),
            ("", "is odd"),
        ];
        assert_eq!(found, expected);
        assert_eq!(
            serde_json::to_value(errors.message_dict()).unwrap(),
            serde_json::json!({
                "__all__": ["is too much", "is odd"],
                "stations[2].city": ["must not be empty"],
                "total": ["must be at least 1"],
            }),
        );
        let text = "is too much; `stations[2].city`: must not be empty; `total`: must be at least 1; is odd";
        assert_eq!(errors.to_string(), text);
    }

    #[test]
    fn a_collection_without_errors_is_no_error() {
        assert_eq!(ValidationErrors::<Sample>::new().into_result(), Ok(()));
        let mut errors = ValidationErrors::<Sample>::default();
        errors.push("is odd");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors.clone().into_result(), Err(errors));
    }
}
