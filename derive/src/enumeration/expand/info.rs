//! Descriptions of enums.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use super::super::{Content, Enumeration, Form, Variant};
use crate::attribute_type_impl;
use crate::field::qualified;

/// Returns the enum's `TypeInfo`.
pub(super) fn type_info(enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let name = attribute_type_impl::description(enumeration.ident);
    let value_type = match enumeration.form {
        Form::Text => quote!(S),
        Form::External | Form::Internal { .. } | Form::Adjacent { .. } => quote!(M),
    };
    let (parse, structure) = (parse(enumeration), structure(enumeration));
    quote! {
        #krate::model::TypeInfo {
            name: #name,
            value_type: #krate::value::ValueType::#value_type,
            parse: #parse,
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: #krate::model::Structure::#structure,
        }
    }
}

/// Returns the function that parses a variant from text: its name, if it has no data and is stored as text.
fn parse(enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let has_text = match enumeration.form {
        Form::Text => true,
        Form::External => enumeration.variants.iter().any(Variant::is_unit),
        Form::Internal { .. } | Form::Adjacent { .. } => false,
    };
    if has_text {
        quote! {
            |text| {
                let value = #krate::value::AttributeValue::s(text);
                <Self as #krate::model::AttributeType>::decode(&value).map(|_| value)
            }
        }
    } else {
        let name = attribute_type_impl::description(enumeration.ident);
        quote!(|_| #krate::model::codegen::no_text_form(#name))
    }
}

fn structure(enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let entries = match &enumeration.form {
        Form::Text => return quote!(Scalar),
        Form::External => {
            let entries = enumeration.variants.iter().filter_map(|variant| {
                let info = content_info(enumeration, variant)?;
                Some(push(enumeration, &variant.name, &variant.ident.to_string(), &info))
            });
            entries.collect()
        }
        Form::Internal { tag } => {
            let tag = tag_entry(enumeration, tag);
            let fields = enumeration.variants.iter().map(|variant| match &variant.content {
                Content::Unit | Content::Tuple(_) => TokenStream::new(),
                Content::Newtype(ty) => {
                    let fields = qualified(ty, ty, &quote!(#krate::model::Document), "fields");
                    quote!(entries.append(&mut #fields());)
                }
                Content::Named(fields) => {
                    let infos = fields.infos(krate);
                    quote!(entries.append(&mut #infos);)
                }
            });
            quote!(#tag #(#fields)*)
        }
        Form::Adjacent { tag, content } => {
            let tag = tag_entry(enumeration, tag);
            let contents = enumeration.variants.iter().filter_map(|variant| {
                let info = content_info(enumeration, variant)?;
                Some(push(enumeration, &content.value(), &content.value(), &info))
            });
            quote!(#tag #(#contents)*)
        }
    };
    quote! {
        Document(|| {
            let mut entries = ::std::vec::Vec::new();
            #entries
            entries
        })
    }
}

/// Returns the statement that adds an entry of the map.
fn push(enumeration: &Enumeration<'_>, name: &str, field: &str, type_info: &TokenStream) -> TokenStream {
    let krate = &enumeration.krate;
    quote! {
        entries.push(#krate::model::FieldInfo {
            name: #name,
            field: #field,
            presence: #krate::model::Presence::Optional,
            type_info: #type_info,
        });
    }
}

/// Returns the statement that adds the entry of the name.
fn tag_entry(enumeration: &Enumeration<'_>, tag: &LitStr) -> TokenStream {
    let krate = &enumeration.krate;
    let text = quote!(<::std::string::String as #krate::model::AttributeType>::type_info);
    let type_info = if enumeration.fallback.is_some() {
        text
    } else {
        let expected = format!("the name of a variant of `{}`", enumeration.ident);
        let names: Vec<_> = enumeration.variants.iter().map(|variant| variant.name.as_str()).collect();
        quote! {
            || #krate::model::TypeInfo {
                name: #expected,
                parse: |text| #krate::model::tagged::parse_name(text, #expected, &[#(#names),*]),
                ..#text()
            }
        }
    };
    push(enumeration, &tag.value(), &tag.value(), &type_info)
}

/// Returns the function that describes the content of a variant, or `None` if the variant has none.
fn content_info(enumeration: &Enumeration<'_>, variant: &Variant<'_>) -> Option<TokenStream> {
    let krate = &enumeration.krate;
    let attribute_type = quote!(#krate::model::AttributeType);
    let type_info = |ty| qualified(ty, ty, &attribute_type, "type_info");
    let name = format!("the content of `{}::{}`", enumeration.ident, variant.ident);
    match &variant.content {
        Content::Unit => None,
        Content::Newtype(ty) => Some(type_info(*ty)),
        Content::Tuple(types) => {
            let infos = types.iter().map(|ty| type_info(*ty));
            Some(quote!(|| #krate::model::tagged::tuple_info(#name, || ::std::vec![#(#infos()),*])))
        }
        Content::Named(fields) => {
            let infos = fields.infos(krate);
            Some(quote!(|| #krate::model::tagged::document_info(#name, || #infos)))
        }
    }
}
