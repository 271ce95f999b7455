//! Generated code of unique constraints.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::super::validate::Model;
use super::static_name::static_name;

/// Returns the call that adds the unique constraints to the schema.
pub(super) fn descriptions(model: &Model<'_>) -> Option<TokenStream> {
    let krate = &model.krate;
    let constraints = model.unique.iter().map(|fields| {
        let parts = fields.iter().enumerate().map(|(at, field)| {
            let (name, ty) = (static_name(krate, &field.name), field.operand(krate));
            let is_last = at + 1 == fields.len();
            quote!(#krate::model::TemplatePart::unique::<#ty>(#name, #is_last))
        });
        quote!(#krate::model::UniqueConstraint::new(::std::vec![#(#parts),*]))
    });
    (!model.unique.is_empty()).then(|| quote!(.with_unique(::std::vec![#(#constraints),*])))
}

/// Returns assertions about the types of unique fields, which the compiler evaluates.
pub(super) fn checks(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let checks = model.unique.iter().flatten().map(|field| {
        let scalar = field.index_scalar(krate);
        let message = format!("the field `{}` cannot be unique: binary data has no text", field.rust_name());
        quote_spanned! {field.ident.span()=>
            const _: () = ::core::assert!(!::core::matches!(#scalar, #krate::schema::ScalarType::B), "{}", #message);
        }
    });
    checks.collect()
}
