//! Code for the fields that writes fill in.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

use super::super::attr::{GENERATORS, Generated};
use super::super::validate::{GeneratedField, Model};
use super::static_name::static_name;
use crate::ast;
use crate::field::Decoding;
use crate::fields;

/// Returns the call that adds the descriptions of the fields to the schema, or nothing for a model without such fields.
pub(super) fn descriptions(model: &Model<'_>) -> TokenStream {
    if model.generated.is_empty() {
        return TokenStream::new();
    }
    let krate = &model.krate;
    let fields = model.generated.iter().map(|generated| description(krate, generated));
    quote!(.with_generated(::std::vec![#(#fields),*]))
}

fn description(krate: &Path, GeneratedField { field, value }: &GeneratedField<'_>) -> TokenStream {
    let (name, ty) = (static_name(krate, &field.name), field.stored_type(krate));
    let codegen = quote!(#krate::model::codegen);
    let call = match value {
        Generated::Version => quote!(version::<#ty>(#name)),
        Generated::CreatedAt => quote!(created_at::<#ty>(#name)),
        Generated::UpdatedAt => quote!(updated_at::<#ty>(#name)),
        Generated::Id(path) => {
            let generator = generator(krate, path);
            let source = format_ident!("source", span = Span::mixed_site());
            // With the span of the path, the compiler reports a generator of another type there.
            let id = ast::respanned(path, quote!(#generator(#source)));
            return quote! {
                #codegen::generated_id::<#ty>(#name, |#source| {
                    let id: #ty = #id;
                    <#ty as #krate::model::AttributeType>::encode_exact(&id)
                })
            };
        }
    };
    // With the span of the field's type, the compiler reports a type that cannot be generated there.
    ast::respanned(field.ty, quote!(#codegen::#call))
}

/// Returns the path of a generator. The name of one of djamodb's is enough.
fn generator(krate: &Path, path: &Path) -> TokenStream {
    match path.get_ident() {
        Some(name) if GENERATORS.contains(&name.to_string().as_str()) => quote!(#krate::model::ids::#name),
        _ => quote!(#path),
    }
}

/// Returns the functions of `Model` that only models with such fields have.
pub(super) fn functions(model: &Model<'_>) -> TokenStream {
    if model.generated.is_empty() {
        return TokenStream::new();
    }
    let krate = &model.krate;
    let version = model.generated.iter().find(|field| matches!(field.value, Generated::Version));
    let held_version = version.map(|GeneratedField { field, .. }| {
        let encoded = field.encoded(krate, "encode");
        quote! {
            fn held_version(
                &self,
            ) -> ::core::result::Result<::core::option::Option<#krate::value::AttributeValue>, #krate::model::CodecError> {
                ::core::result::Result::map(#encoded, ::core::option::Option::Some)
            }
        }
    });
    let (item, cursor) = (super::item::item(), fields::cursor());
    let fields =
        fields::by_name(model.generated.iter().map(|GeneratedField { field, .. }| *field)).into_iter().map(|field| {
            let (ident, value) = (field.ident, field.decoded(krate, &cursor, Decoding::Plain));
            quote!(self.#ident = #value;)
        });
    quote! {
        #held_version

        fn set_generated(
            &mut self,
            #item: &#krate::value::Item,
        ) -> ::core::result::Result<(), #krate::model::CodecError> {
            let mut #cursor = #krate::value::EntryCursor::of_map(#item.as_map());
            #(#fields)*
            ::core::result::Result::Ok(())
        }
    }
}
