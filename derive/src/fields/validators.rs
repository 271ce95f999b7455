//! Code that runs the validators of fields.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

use super::Fields;
use crate::field::validation_errors;

impl Fields<'_> {
    /// Returns the statements that run the validators of the fields and of the values inside them, and add their errors to `errors`.
    pub(crate) fn run_validators(&self, krate: &Path, errors: &Ident) -> TokenStream {
        let stored = self.stored.iter().map(|field| field.run_validators(krate, errors));
        let flattened = self.flattened.iter().map(|field| field.run_validators(krate, errors));
        quote!(#(#stored)* #(#flattened)*)
    }

    /// Returns the function `run_validators_of`, which runs the validators of one field on its encoded value.
    pub(crate) fn run_validators_of(&self, krate: &Path) -> TokenStream {
        let errors = validation_errors();
        let [name, value] = ["name", "value"].map(|name| format_ident!("{name}", span = Span::mixed_site()));
        let arms = self.stored.iter().filter_map(|field| field.run_validators_of_encoded(krate, &value, &errors));
        let flattened = self.flattened.iter().map(|field| {
            let (ty, run) = (field.ty, field.item(krate, "run_validators_of"));
            quote!(#errors.inner::<#ty>(|#errors| #run(#name, #value, #errors));)
        });
        quote! {
            fn run_validators_of(
                #name: &str,
                #value: &#krate::value::AttributeValue,
                #errors: &mut #krate::model::ValidationErrors<Self>,
            ) {
                match #name {
                    #(#arms)*
                    _ => { #(#flattened)* }
                }
            }
        }
    }
}
