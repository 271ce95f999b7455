//! `#[derive(Document)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, NamedStruct};
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::field;

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::reject_generics(&input.generics, "a document cannot have generic parameters", &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = NamedStruct::read(input, "a document", &mut errors);
    let document = attr::read(&ast, &mut errors);
    field::check_names(&document.fields, &mut errors);
    field::check_unstored(&document.unstored, &mut errors);
    field::check_constants(&document.fields, &mut DeclaredNames::default(), &mut errors);
    if errors.is_empty() {
        return expand::document(input, &document);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(input, &document));
    quote!(#errors #stub)
}
