//! `#[derive(Document)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, Struct};
use crate::errors::Errors;
use crate::field;
use crate::members::Members;

/// The implementation; with mistakes, one whose functions do nothing.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::refuse_generics(&input.generics, "a document has no type parameters, lifetimes or constants", &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = Struct::read(input, "a document", &mut errors);
    let document = attr::read(&ast, &mut errors);
    field::check_names(&document.fields, &mut errors);
    field::check_constants(&document.fields, &mut Members::default(), &mut errors);
    if errors.is_empty() {
        return expand::document(input, &document);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(input, &document));
    quote!(#errors #stub)
}
