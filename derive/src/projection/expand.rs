//! Generated code of a projection.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Path;

use super::attr::{ProjectionField, ProjectionInput, Source};
use crate::ast;

/// Returns the implementation.
pub(super) fn projection(projection: &ProjectionInput<'_>) -> TokenStream {
    let ProjectionInput { model: Some(model), krate, fields, .. } = projection else { return TokenStream::new() };
    let item = item();
    let paths = paths(krate, model, fields);
    let fields = fields.iter().map(|field| decode(krate, model, field, &item));
    let from_item = quote!(::core::result::Result::Ok(Self { #(#fields,)* }));
    implementation(projection, model, &paths, &from_item)
}

/// Returns an implementation that is never called, for a projection with errors.
pub(super) fn stub(projection: &ProjectionInput<'_>) -> TokenStream {
    let Some(model) = &projection.model else { return TokenStream::new() };
    let body = quote!(::core::unreachable!());
    implementation(projection, model, &body, &body)
}

fn implementation(
    projection: &ProjectionInput<'_>,
    model: &Path,
    paths: &TokenStream,
    from_item: &TokenStream,
) -> TokenStream {
    let ProjectionInput { ident, krate, .. } = projection;
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

/// Returns the body of `paths`.
fn paths(krate: &Path, model: &Path, fields: &[ProjectionField<'_>]) -> TokenStream {
    let paths = format_ident!("paths", span = Span::mixed_site());
    let attributes = fields.iter().map(|field| attribute(model, &field.source));
    quote! {
        let mut #paths = ::std::vec::Vec::new();
        #(#krate::model::codegen::push_projected::<#model>(&#attributes, &mut #paths);)*
        #paths
    }
}

/// Returns the expression of the attribute.
fn attribute(model: &Path, source: &Source) -> TokenStream {
    match source {
        Source::Constant(constant) => quote!(#model::#constant),
        Source::Expression(expression) => expression.to_token_stream(),
    }
}

/// Returns the name of the parameter of `from_item`.
fn item() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

/// Returns the part `field: …` of a struct expression. The comparison of the types has the span of the field's type, where the
/// compiler then reports a mismatch.
fn decode(krate: &Path, model: &Path, field: &ProjectionField<'_>, item: &Ident) -> TokenStream {
    let (ident, ty, attribute) = (field.ident, field.ty, attribute(model, &field.source));
    let (first, _) = ast::first_and_last_span(ty);
    let into_field = quote_spanned!(first=> into_field::<#ty>()?);
    quote!(#ident: #krate::model::codegen::projected::<#model, _>(&#attribute, #item)?.#into_field)
}
