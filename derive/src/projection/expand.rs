//! The code for a projection.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;

use super::attr::{Field, Projection};
use crate::ast;

/// The whole implementation.
pub(super) fn projection(projection: &Projection<'_>) -> TokenStream {
    let Projection { model: Some(model), krate, fields, .. } = projection else { return TokenStream::new() };
    let item = item();
    let constants = fields.iter().map(|field| &field.constant);
    let paths = quote!(::std::vec![#(#krate::model::Attribute::path(&#model::#constants).clone()),*]);
    let fields = fields.iter().map(|field| decode(krate, model, field, &item));
    let from_item = quote!(::core::result::Result::Ok(Self { #(#fields,)* }));
    implementation(projection, model, &paths, &from_item)
}

/// The same with functions that do nothing, for a projection with mistakes.
pub(super) fn stub(projection: &Projection<'_>) -> TokenStream {
    let Some(model) = &projection.model else { return TokenStream::new() };
    let nothing = quote!(::core::unreachable!());
    implementation(projection, model, &nothing, &nothing)
}

fn implementation(
    projection: &Projection<'_>,
    model: &Path,
    paths: &TokenStream,
    from_item: &TokenStream,
) -> TokenStream {
    let Projection { ident, krate, .. } = projection;
    let item = item();
    quote! {
        #[automatically_derived]
        impl #krate::model::Projection<#model> for #ident {
            fn paths() -> ::std::vec::Vec<#krate::expression::Path> {
                #paths
            }

            fn from_item(#item: &#krate::value::Item) -> ::core::result::Result<Self, #krate::model::CodecError> {
                #from_item
            }
        }
    }
}

/// The item that `from_item` is given.
fn item() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

/// `field: …`, for a struct expression. The types are compared at the field's, which is what a mistake is about.
fn decode(krate: &Path, model: &Path, field: &Field<'_>, item: &Ident) -> TokenStream {
    let Field { ident, ty, constant } = field;
    let (first, _) = ast::ends(ty);
    let into_field = quote_spanned!(first=> into_field::<#ty>());
    quote!(#ident: #krate::model::codegen::projected(&#model::#constant, #item)?.#into_field)
}
