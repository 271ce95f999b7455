//! Generated code of composed keys and of the discriminator.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use super::super::attr::PartForm;
use super::super::validate::{Model, Piece, Template};
use super::static_name::static_name;
use crate::field::Field;

/// Returns the constants of the composed keys and of the discriminator.
pub(super) fn constants(model: &Model<'_>) -> Vec<(Ident, TokenStream)> {
    let Model { ident: owner, krate, visibility, .. } = model;
    let constant = |constant: &Ident, name: &str, kind: TokenStream, docs: String| {
        let declaration = quote! {
            #[doc = #docs]
            #visibility const #constant: #krate::model::Attribute<Self, ::std::string::String, #krate::model::#kind> =
                #krate::model::Attribute::of_key(#name);
        };
        (constant.clone(), declaration)
    };
    let templates = model.templates.iter().map(|template| {
        let kind = if template.is_range { quote!(RangeKey) } else { quote!(HashKey) };
        let docs = format!("The key `{}` of [`{owner}`], composed as `{}`.", template.name, template.text.value());
        constant(&template.constant, &template.name, kind, docs)
    });
    let discriminator = model.discriminator.iter().map(|discriminator| {
        let docs = format!("The discriminator `{}` of [`{owner}`].", discriminator.attribute);
        constant(&discriminator.constant, &discriminator.attribute, quote!(HashKey), docs)
    });
    templates.chain(discriminator).collect()
}

/// Returns the calls that add the templates and the discriminator to the schema.
pub(super) fn descriptions(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let templates = (!model.templates.is_empty()).then(|| {
        let templates = model.templates.iter().map(|template| description(krate, template));
        quote!(.with_templates(::std::vec![#(#templates),*]))
    });
    let discriminator = model.discriminator.as_ref().map(|discriminator| {
        let (name, value) = (static_name(krate, &discriminator.attribute), &discriminator.value);
        quote!(.with_discriminator(#name, #value))
    });
    quote!(#templates #discriminator)
}

fn description(krate: &Path, template: &Template<'_>) -> TokenStream {
    let name = static_name(krate, &template.name);
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => quote!(#krate::model::TemplatePiece::Literal(#text)),
        Piece::Part { field, form } => {
            let (name, ty) = (static_name(krate, &field.name), part_type(krate, template, field));
            let form = match form {
                PartForm::Plain => quote!(Plain),
                PartForm::Padded(digits) => quote!(Padded(#digits)),
                PartForm::Escaped => quote!(Escaped),
            };
            quote! {
                #krate::model::TemplatePiece::Part(
                    #krate::model::TemplatePart::new::<#ty>(#name, #krate::model::PartForm::#form)
                )
            }
        }
    });
    quote!(#krate::model::KeyTemplate::new(#name, ::std::vec![#(#pieces),*]))
}

/// Returns the type of a part. An item can lack a part of an index's key, which is then an `Option`.
fn part_type(krate: &Path, template: &Template<'_>, field: &Field<'_>) -> TokenStream {
    if template.is_table_key { field.stored_type(krate) } else { field.operand(krate) }
}

/// Returns the descriptions of the composed attributes.
pub(super) fn attributes(model: &Model<'_>) -> Vec<TokenStream> {
    let krate = &model.krate;
    let attribute = |name: &str, is_required: bool| {
        let static_name = static_name(krate, name);
        let presence = if is_required { quote!(Required) } else { quote!(Optional) };
        quote! {
            #krate::model::AttributeMeta {
                name: #static_name,
                field: #name,
                presence: #krate::model::Presence::#presence,
                type_info: <::std::string::String as #krate::model::AttributeType>::type_info,
            }
        }
    };
    let templates = model.templates.iter().map(|template| attribute(&template.name, template.is_table_key));
    templates.chain(model.discriminator.iter().map(|found| attribute(&found.attribute, true))).collect()
}

/// Returns assertions about the types of parts, which the compiler evaluates.
pub(super) fn checks(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let checks = model.templates.iter().flat_map(|template| {
        template.pieces.iter().filter_map(|piece| match piece {
            Piece::Part { field, form } => Some(check(krate, template, field, *form)),
            Piece::Literal(_) => None,
        })
    });
    checks.collect()
}

fn check(krate: &Path, template: &Template<'_>, field: &Field<'_>, form: PartForm) -> TokenStream {
    let (scalar, field) = (field.index_scalar(krate), field.rust_name());
    let (required, message) = match form {
        PartForm::Plain if template.is_range => (
            quote!(S),
            format!(
                "`{{{field}}}` in `{}`: the texts of numbers are not ordered as the numbers are, `10` before `9`; write `{{{field}:08}}` for as \
                 many digits as the numbers can have",
                template.name
            ),
        ),
        PartForm::Plain => {
            let message = format!("`{{{field}}}` in `{}`: binary data has no text", template.name);
            return quote_spanned! {template.text.span()=>
                const _: () = ::core::assert!(!::core::matches!(#scalar, #krate::schema::ScalarType::B), "{}", #message);
            };
        }
        PartForm::Padded(digits) => (
            quote!(N),
            format!(
                "`{{{field}:0{digits}}}` in `{}`: only a number is filled up with zeros; write `{{{field}}}`",
                template.name
            ),
        ),
        PartForm::Escaped => (
            quote!(S),
            format!("`{{{field}:escaped}}` in `{}`: only text is escaped; write `{{{field}}}`", template.name),
        ),
    };
    quote_spanned! {template.text.span()=>
        const _: () = ::core::assert!(::core::matches!(#scalar, #krate::schema::ScalarType::#required), "{}", #message);
    }
}
