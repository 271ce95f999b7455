//! Mistakes, collected so that all of them are told in one go.

use std::fmt::Display;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Error;

use crate::nearest;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<Error>,
    /// Whether something was written that could not be understood.
    unclear: bool,
}

impl Errors {
    /// A mistake at `place`.
    pub(crate) fn at(&mut self, place: impl ToTokens, message: impl Display) {
        self.found.push(Error::new_spanned(place, message));
    }

    /// A mistake that was found elsewhere.
    pub(crate) fn add(&mut self, error: Error) {
        self.found.push(error);
    }

    /// An attribute that is not even a list of options.
    pub(crate) fn unreadable(&mut self, error: Error) {
        self.unclear = true;
        self.add(error);
    }

    /// An option that does not exist.
    pub(crate) fn unknown_option(&mut self, option: &Ident, owner: &str, known: &[&str]) {
        self.unclear = true;
        let among = nearest::among(&option.to_string(), "options", known);
        self.at(option, format!("{owner} has no option `{option}`{among}"));
    }

    /// Something that must be said and was not. Silent where an attribute could not be understood: it may stand there,
    /// and one mistake shall give one message.
    pub(crate) fn missing(&mut self, place: impl ToTokens, message: impl Display) {
        if !self.unclear {
            self.at(place, message);
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What makes the compiler tell them.
    pub(crate) fn to_compile_errors(&self) -> TokenStream {
        self.found.iter().map(Error::to_compile_error).collect()
    }
}
