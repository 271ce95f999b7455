//! `#[derive(Model)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, NamedStruct};
use crate::errors::Errors;

/// Returns the implementation, or the errors and a stub of it. The stub keeps the compiler from reporting consequences
/// of these errors.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let generic = "a model cannot have generic parameters, since each model has one table and one registered schema; declare a model for each type, \
                   with the common fields in a document that each of them flattens, or make a document inside the model generic";
    ast::reject_generics(&input.generics, generic, &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let ast = NamedStruct::read(input, "a model", &mut errors);
    // If the type is not a struct with named fields, all further errors are consequences.
    let mut rest = Errors::default();
    let options = attr::read(&ast, &mut rest);
    let model = validate::check(&ast, &options, &mut rest);
    let errors = if errors.is_empty() { rest } else { errors };
    if errors.is_empty() {
        return expand::model(&model);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(&model));
    quote!(#errors #stub)
}
