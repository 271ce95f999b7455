//! Errors of a derive, collected so that one compilation reports all of them.

use std::fmt::Display;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Error;

use crate::suggestion;

/// The errors found so far.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<Error>,
    /// `true` if an attribute did not parse or an option is unknown.
    has_unread_options: bool,
}

impl Errors {
    /// Adds an error located at `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.found.push(Error::new_spanned(tokens, message));
    }

    /// Adds an error.
    pub(crate) fn add(&mut self, error: Error) {
        self.found.push(error);
    }

    /// Adds the error of an attribute that does not parse.
    pub(crate) fn unparsable(&mut self, error: Error) {
        self.has_unread_options = true;
        self.add(error);
    }

    /// Adds the error of an option that does not exist. `owner` has the options `known`: `a model`.
    pub(crate) fn unknown_option(&mut self, option: &Ident, owner: &str, known: &[&str]) {
        self.has_unread_options = true;
        let known = suggestion::known_names(&option.to_string(), "options", known);
        self.at(option, format!("{owner} has no option `{option}`{known}"));
    }

    /// Adds the error of a missing option.
    ///
    /// It is dropped if another option could not be read, since that may be the missing one: one mistake gives one message.
    pub(crate) fn missing(&mut self, tokens: impl ToTokens, message: impl Display) {
        if !self.has_unread_options {
            self.at(tokens, message);
        }
    }

    /// Returns `true` if there are no errors.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns code that makes the compiler report the errors.
    pub(crate) fn to_compile_errors(&self) -> TokenStream {
        self.found.iter().map(Error::to_compile_error).collect()
    }
}
