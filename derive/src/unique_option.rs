//! Options that can be given at most once.

use proc_macro2::Ident;
use syn::Result;

use crate::errors::Errors;

/// The value of an option that can be given at most once.
#[derive(Clone, Debug)]
pub(crate) struct UniqueOption<T> {
    value: Option<T>,
    /// `true` if the option was given, even with an invalid value.
    given: bool,
}

impl<T> UniqueOption<T> {
    /// Sets the value. Adds an error if the value is invalid or the option was given before.
    pub(crate) fn set(&mut self, option: &Ident, value: Result<T>, errors: &mut Errors) {
        if self.given {
            errors.at(option, format!("`{option}` is given twice; remove one of them"));
            return;
        }
        self.given = true;
        match value {
            Ok(value) => self.value = Some(value),
            Err(error) => errors.add(error),
        }
    }

    /// Returns the value, or `None` if the option was not given or its value is invalid.
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Returns the value itself, or `None` as [`get`](Self::get).
    pub(crate) fn into_value(self) -> Option<T> {
        self.value
    }

    /// Returns `true` if the option was given, even with an invalid value.
    pub(crate) fn is_given(&self) -> bool {
        self.given
    }
}

impl<T> Default for UniqueOption<T> {
    fn default() -> Self {
        Self { value: None, given: false }
    }
}
