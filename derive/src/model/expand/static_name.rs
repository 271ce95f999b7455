//! Names of attributes in generated code.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// Returns the expression of a `Name` that needs no allocation.
pub(super) fn static_name(krate: &Path, name: &str) -> TokenStream {
    quote!(#krate::value::Name::from_static(#name))
}
