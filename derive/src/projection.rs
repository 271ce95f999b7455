//! `#[derive(Projection)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, Struct};
use crate::errors::Errors;

/// The implementation; with mistakes, one whose functions do nothing.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::refuse_generics(&input.generics, "a projection has no type parameters, lifetimes or constants", &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = Struct::read(input, "a projection", &mut errors);
    // Where this is no struct with named fields, everything else that seems wrong follows from it.
    let mut rest = Errors::default();
    let projection = attr::read(&ast, &mut rest);
    let errors = if errors.is_empty() { rest } else { errors };
    if errors.is_empty() {
        return expand::projection(&projection);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(&projection));
    quote!(#errors #stub)
}
