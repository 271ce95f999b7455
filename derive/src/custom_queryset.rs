//! `#[derive(CustomQuerySet)]`.

mod attr;
mod expand;
mod shape;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::ast::NamedStruct;
use crate::errors::Errors;

/// Returns the implementation, the errors, or both. The implementation does not depend on options, so that a wrong one has no
/// consequences.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let ast = NamedStruct::read(input, "a custom queryset", &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let Some(shape) = shape::read(&ast, &input.generics, &mut errors) else {
        return errors.to_compile_errors();
    };
    let options = attr::read(&ast, &shape, &mut errors);
    let mut code = errors.to_compile_errors();
    code.extend(expand::custom_queryset(&ast, &shape, &options));
    code
}
