//! `#[derive(Model)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;
mod valid;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, Struct};
use crate::errors::Errors;

/// The implementation; with mistakes, one whose functions do nothing, so that the mistakes are all there is to tell.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let generic = "a model has no type parameters, lifetimes or constants: a table holds items of one type";
    ast::refuse_generics(&input.generics, generic, &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = Struct::read(input, "a model", &mut errors);
    // Where this is no struct with named fields, everything else that seems wrong follows from it.
    let mut rest = Errors::default();
    let options = attr::read(&ast, &mut rest);
    let model = valid::check(&ast, &options, &mut rest);
    let errors = if errors.is_empty() { rest } else { errors };
    if errors.is_empty() {
        return expand::model(&model);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(&model));
    quote!(#errors #stub)
}
