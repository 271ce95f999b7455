//! Names that generated code declares, checked for duplicates.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;

use crate::errors::Errors;

/// The names declared in one namespace, each with a description of what it denotes.
#[derive(Default)]
pub(crate) struct DeclaredNames(BTreeMap<String, String>);

impl DeclaredNames {
    /// Reserves a name that the user does not declare.
    pub(crate) fn reserve(&mut self, name: &str, description: String) {
        self.0.insert(name.to_owned(), description);
    }

    /// Declares a name. Returns `true` if it is new, and otherwise adds an error.
    ///
    /// `origin` names the user's declaration, such as "the field `kind`". `role` describes the generated item, such as "the constant
    /// of ", or is empty if it is the declaration itself.
    pub(crate) fn declare(&mut self, name: &Ident, role: &str, origin: &str, errors: &mut Errors) -> bool {
        let text = name.unraw().to_string();
        let declared = format!("{role}{origin}");
        match self.0.get(&text) {
            Some(earlier) if *earlier == declared => {
                errors.at(name, format!("{origin} is declared twice; rename one of them"));
            }
            Some(earlier) => errors.at(name, format!("`{text}` is already {earlier}; rename {origin}")),
            None => {
                self.reserve(&text, declared);
                return true;
            }
        }
        false
    }
}

/// Returns the declarations without those whose name an earlier one has. Such duplicates are reported as errors by
/// [`DeclaredNames::declare`]; declaring them would make the compiler report them a second time.
pub(crate) fn without_duplicates(declarations: impl IntoIterator<Item = (Ident, TokenStream)>) -> TokenStream {
    let mut names = BTreeSet::new();
    let new = declarations.into_iter().filter(|(name, _)| names.insert(name.unraw().to_string()));
    new.map(|(_, declaration)| declaration).collect()
}
