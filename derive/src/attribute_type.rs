//! `#[derive(AttributeType)]`.

mod ast;
mod attr;
mod expand;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::attribute_type_impl::AttributeTypeImpl;
use crate::errors::Errors;
use crate::joined_key;
use ast::Shape;

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    if let Some(code) = joined_key::derive(input) {
        return code;
    }
    let mut errors = Errors::default();
    let shape = ast::read(input, &mut errors);
    let options = attr::read(input, shape.as_ref(), &mut errors);
    let code = match shape {
        Some(Shape::Newtype(field)) => expand::newtype(input, &options, field),
        Some(Shape::Enum(_)) => expand::unit_enum(input, &options, &validate::check(&options, &mut errors)),
        None => TokenStream::new(),
    };
    if errors.is_empty() {
        return code;
    }
    let (errors, stub) =
        (errors.to_compile_errors(), AttributeTypeImpl::stub().implement(&options.krate(), input, None));
    quote!(#errors #stub)
}
