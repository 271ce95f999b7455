//! Options that can be given once.

use proc_macro2::Ident;
use syn::Result;

use crate::errors::Errors;

/// An option that can be given once.
#[derive(Clone, Debug)]
pub(crate) struct Once<T> {
    value: Option<T>,
    /// Given, be it with a value that makes no sense.
    given: bool,
}

impl<T> Once<T> {
    /// Takes the value, unless there is one.
    pub(crate) fn set(&mut self, option: &Ident, value: Result<T>, errors: &mut Errors) {
        if self.given {
            errors.at(option, format!("`{option}` is given twice"));
            return;
        }
        self.given = true;
        match value {
            Ok(value) => self.value = Some(value),
            Err(error) => errors.add(error),
        }
    }

    /// The value, if there is one that makes sense.
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Whether it was given, be it with a value that makes no sense.
    pub(crate) fn is_given(&self) -> bool {
        self.given
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { value: None, given: false }
    }
}
