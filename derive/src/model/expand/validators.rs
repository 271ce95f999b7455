//! Code that runs validators.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::validate::Model;
use crate::field::validation_errors;

/// Returns the functions of `Model` that run validators.
pub(super) fn functions(model: &Model<'_>) -> TokenStream {
    let (krate, errors) = (&model.krate, validation_errors());
    let fields = model.fields.run_validators(krate, &errors);
    let own = model.validators.run(krate, &quote!(self), &errors);
    let run_validators_of = model.fields.run_validators_of(krate);
    quote! {
        fn run_validators(&self, #errors: &mut #krate::model::ValidationErrors<Self>) {
            #fields
            #own
        }

        #run_validators_of
    }
}
