//! `#[derive(AttributeType)]`.

mod ast;
mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use crate::attribute_type_impl::AttributeTypeImpl;
use crate::errors::Errors;
use crate::{enumeration, joined_key};

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    if let Some(code) = joined_key::derive(input) {
        return code;
    }
    if let Data::Enum(data) = &input.data {
        return enumeration::derive(input, data);
    }
    let mut errors = Errors::default();
    let field = ast::read(input, &mut errors);
    let options = attr::read(input, field, &mut errors);
    let code = match field {
        Some(field) => expand::newtype(input, &options, field),
        None => TokenStream::new(),
    };
    if errors.is_empty() {
        return code;
    }
    let (errors, stub) =
        (errors.to_compile_errors(), AttributeTypeImpl::stub().implement(&options.krate(), input, None));
    quote!(#errors #stub)
}
