//! Code that runs the validators of the data of enums.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::super::attr::binding;
use super::super::{Content, Enumeration, Form};
use super::{content_entry, positions};
use crate::field::{qualified, validation_errors};

/// Returns the function that runs the validators of the values inside an enum, or nothing if no variant has data.
pub(super) fn function(enumeration: &Enumeration<'_>) -> TokenStream {
    if matches!(enumeration.form, Form::Text) {
        return TokenStream::new();
    }
    let (krate, errors) = (&enumeration.krate, validation_errors());
    let level = format_ident!("_level", span = Span::mixed_site());
    let arms = enumeration.variants.iter().filter_map(|variant| {
        let ident = variant.ident;
        let (pattern, ty, run) = content(enumeration, &variant.content, &errors)?;
        let run = match content_entry(enumeration, &variant.name) {
            None => quote!(#errors.inner::<#ty>(|#errors| { #run })),
            Some(entry) => quote!(#errors.nested::<#ty>(#entry, |#errors| { #run })),
        };
        Some(quote!(Self::#ident #pattern => #run,))
    });
    quote! {
        fn run_validators(&self, #errors: &mut #krate::model::ValidationErrors<Self>) {
            // A deeper value is refused when it is encoded.
            let ::core::result::Result::Ok(#level) = #krate::model::codegen::Level::enter() else { return };
            #[allow(unreachable_patterns)]
            match self {
                #(#arms)*
                _ => {}
            }
        }
    }
}

/// Returns the pattern, the type and the statements of the data of a variant, or `None` if it has none.
fn content(
    enumeration: &Enumeration<'_>,
    content: &Content<'_>,
    errors: &Ident,
) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let krate = &enumeration.krate;
    let run = |ty: &Type| qualified(ty, ty, &quote!(#krate::model::AttributeType), "run_validators");
    match content {
        Content::Unit => None,
        Content::Newtype(ty) => {
            let (value, run) = (&positions(1)[0], run(ty));
            Some((quote!((#value)), quote!(#ty), quote!(#run(#value, #errors);)))
        }
        Content::Tuple(types) => {
            let values = positions(types.len());
            let statements = types.iter().zip(&values).enumerate().map(|(position, (ty, value))| {
                let run = run(ty);
                quote!(#errors.nested_at_index::<#ty>(#position, |#errors| #run(#value, #errors));)
            });
            Some((quote!((#(#values),*)), quote!(Self), quote!(#(#statements)*)))
        }
        Content::Named(fields) => {
            let stored = fields.stored.iter().filter(|field| field.has_validators()).map(|field| field.ident);
            let idents: Vec<_> = stored.chain(fields.flattened.iter().map(|field| field.ident)).collect();
            let bindings = idents.iter().map(|ident| binding(ident));
            let statements = fields.run_validators(krate, errors);
            Some((quote!({ #(#idents: #bindings,)* .. }), quote!(Self), statements))
        }
    }
}
