//! `#[derive(Document)]`.

mod attr;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::NamedStruct;
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;

/// Returns the implementation, or the errors and a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    if let Some(lifetime) = input.generics.lifetimes().next() {
        let message = "a document owns what it is read from, so it has no lifetimes; use owned types such as `String` or `Cow<'static, str>`";
        errors.at(lifetime, message);
        return errors.to_compile_errors();
    }
    let ast = NamedStruct::read(input, "a document", &mut errors);
    let document = attr::read(&ast, &mut errors);
    document.fields.check(&mut errors);
    document.fields.declare_constants(&mut DeclaredNames::default(), &mut errors);
    if errors.is_empty() {
        return expand::document(input, &document);
    }
    let (errors, stub) = (errors.to_compile_errors(), expand::stub(input, &document));
    quote!(#errors #stub)
}
