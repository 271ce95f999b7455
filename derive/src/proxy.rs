//! `#[derive(Proxy)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, TokenStream};
use syn::{Data, DataStruct, DeriveInput, Fields, Type};

use crate::ast;
use crate::errors::Errors;

/// Returns the implementation, or the errors.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::reject_generics(&input.generics, "a proxy cannot have generic parameters", &mut errors);
    let Some(base) = base(input, &mut errors) else { return errors.to_compile_errors() };
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let options = attr::read(input, &mut errors);
    let mut code = errors.to_compile_errors();
    code.extend(expand::proxy(input, base, &options));
    code
}

/// Returns the type of the only field.
fn base<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a Type> {
    if let Data::Struct(DataStruct { fields: Fields::Unnamed(fields), .. }) = &input.data
        && fields.unnamed.len() == 1
    {
        return Some(&fields.unnamed[0].ty);
    }
    let name: &Ident = &input.ident;
    errors.at(name, format!("a proxy is a struct with one field, which has no name; write `struct {name}(Model);`"));
    None
}
