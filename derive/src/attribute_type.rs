//! `#[derive(AttributeType)]`.

mod ast;
mod attr;
mod expand;
#[cfg(test)]
mod tests;
mod valid;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::codec::Codec;
use crate::errors::Errors;
use ast::Shape;

/// The implementation; with mistakes, one whose functions do nothing.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let shape = ast::read(input, &mut errors);
    let options = attr::read(input, shape.as_ref(), &mut errors);
    let code = match shape {
        Some(Shape::Newtype(field)) => expand::newtype(input, &options, field),
        Some(Shape::Enum(_)) => expand::unit_enum(input, &options, &valid::check(&options, &mut errors)),
        None => TokenStream::new(),
    };
    if errors.is_empty() {
        return code;
    }
    let (errors, stub) = (errors.to_compile_errors(), Codec::stub().implement(&options.krate(), input, None));
    quote!(#errors #stub)
}
