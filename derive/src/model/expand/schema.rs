//! Generated schema of a model.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;
use syn::ext::IdentExt;

use super::super::validate::{Index, IndexProjection, KeyAttribute, Model};
use super::static_name::static_name;
use crate::field::Field;

pub(super) fn schema(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let name = model.ident.unraw().to_string();
    let table = table(model);
    let attributes = model.fields.stored.iter().map(|field| attribute(krate, field));
    let flattened = model.fields.flattened.iter().map(|field| field.item(krate, "fields"));
    let is_changed = (!model.fields.flattened.is_empty()).then(|| quote!(mut));
    let generated = super::generated::descriptions(model);
    let settings = super::settings::settings(model);
    let composed = super::template::descriptions(model);
    let unique = super::unique::descriptions(model);
    let composed_attributes = super::template::attributes(model);
    let unmanaged = (!model.managed).then(|| quote!(.unmanaged()));
    quote! {
        static SCHEMA: ::std::sync::OnceLock<#krate::model::ModelSchema> = ::std::sync::OnceLock::new();
        SCHEMA.get_or_init(|| {
            let #is_changed attributes = ::std::vec![#(#attributes,)* #(#composed_attributes,)*];
            #(#krate::model::codegen::push_flattened(&mut attributes, #flattened());)*
            #krate::model::ModelSchema::new(#name, #table, attributes) #settings #generated #composed #unique #unmanaged
        })
    }
}

/// Returns assertions about types that the compiler evaluates.
pub(super) fn checks(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let names = model.fields.name_assertions(krate, model.ident);
    let names = (!names.is_empty()).then(|| quote!(const _: () = { #names };));
    let Some(field) = model.time_to_live else { return quote!(#names) };
    let scalar = field.index_scalar(krate);
    let message = format!(
        "time_to_live = {}: DynamoDB requires a number, the seconds since 1970, but this field is not stored as a number",
        field.rust_name(),
    );
    let time_to_live = quote_spanned! {field.ident.span()=>
        const _: () = ::core::assert!(::core::matches!(#scalar, #krate::schema::ScalarType::N), #message);
    };
    quote!(#names #time_to_live)
}

fn table(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let name = static_name(krate, &model.table);
    let key = key_schema(krate, model.hash.as_slice(), model.range.as_slice(), Field::table_scalar);
    let mut parts = Vec::new();
    for (list, kind, local) in [("local_indexes", "LocalIndex", true), ("global_indexes", "GlobalIndex", false)] {
        let (list, kind) = (format_ident!("{list}"), format_ident!("{kind}"));
        let mut indexes = model.indexes.iter().filter(|found| found.local == local).peekable();
        if indexes.peek().is_some() {
            let indexes = indexes.map(|found| index(model, found, &kind));
            parts.push(quote!(#list: ::std::vec![#(#indexes),*]));
        }
    }
    if let Some(field) = model.time_to_live {
        let name = static_name(krate, &field.name);
        parts.push(quote!(time_to_live: ::core::option::Option::Some(#name)));
    }
    let table = quote!(#krate::schema::TableSchema::new(#name, #key));
    if parts.is_empty() { table } else { quote!(#krate::schema::TableSchema { #(#parts,)* ..#table }) }
}

fn index(model: &Model<'_>, index: &Index<'_>, kind: &Ident) -> TokenStream {
    let krate = &model.krate;
    let name = static_name(krate, &index.name);
    let key = key_schema(krate, &index.hash, &index.range, Field::index_scalar);
    let projection = match &index.projection {
        IndexProjection::All => quote!(All),
        IndexProjection::KeysOnly => quote!(KeysOnly),
        IndexProjection::Include(fields) => {
            // Without the discriminator, the items of the index could not be decoded.
            let discriminator = model.discriminator.iter().map(|discriminator| discriminator.attribute.as_str());
            let names = fields.iter().map(|field| field.name.as_str()).chain(discriminator);
            let names = names.map(|name| static_name(krate, name));
            quote!(Include(::std::vec![#(#names),*]))
        }
    };
    quote!(#krate::schema::#kind::new(#name, #key, #krate::schema::IndexProjection::#projection))
}

fn key_schema<'a>(
    krate: &Path,
    hash: &[KeyAttribute<'a>],
    range: &[KeyAttribute<'a>],
    scalar: impl Fn(&Field<'a>, &Path) -> TokenStream,
) -> TokenStream {
    let [hash, range] = [hash, range].map(|half| {
        let attributes = half.iter().map(|attribute| {
            let name = static_name(krate, attribute.name());
            let scalar = match attribute {
                KeyAttribute::Field(field) => scalar(field, krate),
                KeyAttribute::Template(_) | KeyAttribute::Discriminator(_) => quote!(#krate::schema::ScalarType::S),
            };
            quote!(#krate::schema::KeyAttribute::new(#name, #scalar))
        });
        quote!(::std::vec![#(#attributes),*])
    });
    quote!(#krate::schema::KeySchema { hash: #hash, range: #range })
}

fn attribute(krate: &Path, field: &Field<'_>) -> TokenStream {
    let (name, rust_name) = (static_name(krate, &field.name), field.rust_name());
    let (presence, type_info) = (field.presence(krate), field.type_info(krate));
    quote! {
        #krate::model::AttributeMeta {
            name: #name,
            field: #rust_name,
            presence: #presence,
            type_info: #type_info,
        }
    }
}
