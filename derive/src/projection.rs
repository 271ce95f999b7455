//! `#[derive(Projection)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, NamedStruct};
use crate::errors::Errors;

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::reject_generics(&input.generics, "a projection cannot have generic parameters", &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = NamedStruct::read(input, "a projection", &mut errors);
    // If the type is not a struct with named fields, all further errors are consequences.
    let mut rest = Errors::default();
    let projection = attr::read(&ast, &mut rest);
    let errors = if errors.is_empty() { rest } else { errors };
    if errors.is_empty() {
        return expand::projection(&projection);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(&projection));
    quote!(#errors #stub)
}
