//! The names that a derive declares.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;

use crate::errors::Errors;

/// The names that a derive declares in one place, each with what it is.
#[derive(Default)]
pub(crate) struct Members(BTreeMap<String, String>);

impl Members {
    /// Keeps `name` for something that the user does not declare.
    pub(crate) fn reserve(&mut self, name: &str, what: String) {
        self.0.insert(name.to_owned(), what);
    }

    /// Declares `name` for `role` of `what`: for the constant of a field. Refuses it where something is called so already,
    /// and says whether it did not.
    pub(crate) fn declare(&mut self, name: &Ident, role: &str, what: &str, errors: &mut Errors) -> bool {
        let text = name.unraw().to_string();
        let declared = format!("{role}{what}");
        match self.0.get(&text) {
            Some(earlier) if *earlier == declared => errors.at(name, format!("{what} is declared twice")),
            Some(earlier) => errors.at(name, format!("`{text}` is already {earlier}; call {what} otherwise")),
            None => {
                self.reserve(&text, declared);
                return true;
            }
        }
        false
    }
}

/// Declarations without those whose name is taken by an earlier one, which is a mistake that is told already.
pub(crate) fn each_name_once(declarations: impl IntoIterator<Item = (Ident, TokenStream)>) -> TokenStream {
    let mut names = BTreeSet::new();
    let new = declarations.into_iter().filter(|(name, _)| names.insert(name.unraw().to_string()));
    new.map(|(_, declaration)| declaration).collect()
}
