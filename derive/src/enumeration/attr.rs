//! Options of enums, of their variants and of the fields of these.

use proc_macro2::Span;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DataEnum, DeriveInput, Fields, LitStr, Path};

use super::{Content, Enumeration, Fallback, Form, Variant};
use crate::attribute_args;
use crate::case::RenameRule;
use crate::crate_path;
use crate::errors::Errors;
use crate::field::FieldOptions;
use crate::fields;
use crate::unique_option::UniqueOption;

/// The options of an enum.
#[derive(Default)]
struct EnumOptions {
    krate: UniqueOption<Path>,
    rename_all: UniqueOption<RenameRule>,
    rename_all_fields: UniqueOption<RenameRule>,
    tag: UniqueOption<LitStr>,
    content: UniqueOption<LitStr>,
}

/// The options of a variant.
#[derive(Default)]
struct VariantOptions {
    rename: UniqueOption<LitStr>,
    fallback: UniqueOption<()>,
}

pub(super) fn read<'a>(input: &'a DeriveInput, data: &'a DataEnum, errors: &mut Errors) -> Enumeration<'a> {
    let options = EnumOptions::read(input, errors);
    let (mut variants, mut fallbacks) = (Vec::new(), Vec::new());
    for variant in &data.variants {
        let variant_options = VariantOptions::read(variant, errors);
        if variant_options.fallback.is_given() {
            fallbacks.extend(fallback(variant, &variant_options, errors));
            if let [_, second] = fallbacks.as_slice() {
                errors.at(second.ident, "an enum has at most one fallback variant; remove `fallback` from one of them");
            }
        } else {
            variants.push(read_variant(variant, variant_options, &options, errors));
        }
    }
    if data.variants.is_empty() {
        errors.at(&input.ident, "an enum without variants has no value to store");
    } else if variants.is_empty() {
        errors.at(
            &input.ident,
            "an enum has at least one variant beside the fallback; add one, or use the type of the fallback itself",
        );
    }
    let form = options.form(variants.iter().all(Variant::is_unit), errors);
    Enumeration {
        ident: &input.ident,
        visibility: &input.vis,
        krate: crate_path::resolve(&options.krate),
        form,
        variants,
        fallback: fallbacks.into_iter().next(),
    }
}

impl EnumOptions {
    const NAMES: [&'static str; 5] = ["rename_all", "rename_all_fields", "tag", "content", "crate"];

    fn read(input: &DeriveInput, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for arg in attribute_args::parse_all(&input.attrs, "attribute", errors) {
            let name = &arg.name;
            match name.to_string().as_str() {
                "crate" => options.krate.set(name, arg.path(), errors),
                "rename_all" => options.rename_all.set(name, RenameRule::read(&arg), errors),
                "rename_all_fields" => options.rename_all_fields.set(name, RenameRule::read(&arg), errors),
                "tag" => options.tag.set(name, arg.text(), errors),
                "content" => options.content.set(name, arg.text(), errors),
                _ => errors.unknown_option(name, "an enum", &Self::NAMES),
            }
        }
        options
    }

    fn form(&self, without_data: bool, errors: &mut Errors) -> Form {
        for name in [&self.tag, &self.content].into_iter().filter_map(UniqueOption::get) {
            if name.value().is_empty() {
                errors.at(name, "the name of an entry cannot be empty");
            }
        }
        match (self.tag.get(), self.content.get()) {
            (Some(tag), Some(content)) => {
                if tag.value() == content.value() {
                    errors.at(content, "the name of a variant and its content cannot be stored at the same entry");
                }
                Form::Adjacent { tag: tag.clone(), content: content.clone() }
            }
            (Some(tag), None) => Form::Internal { tag: tag.clone() },
            (None, Some(content)) => {
                if !self.tag.is_given() {
                    errors.at(content, "`content` is the entry beside that of the variant's name; add `tag = \"…\"`, the entry of the name");
                }
                Form::External
            }
            (None, None) if without_data => Form::Text,
            (None, None) => Form::External,
        }
    }
}

impl VariantOptions {
    fn read(variant: &syn::Variant, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for arg in attribute_args::parse_all(&variant.attrs, "attribute", errors) {
            let name = &arg.name;
            match name.to_string().as_str() {
                "rename" => options.rename.set(name, arg.text(), errors),
                "fallback" => options.fallback.set(name, arg.word(), errors),
                _ => errors.unknown_option(name, "a variant", &["rename", "fallback"]),
            }
        }
        options
    }
}

fn fallback<'a>(variant: &'a syn::Variant, options: &VariantOptions, errors: &mut Errors) -> Option<Fallback<'a>> {
    if let Some(rename) = options.rename.get() {
        errors
            .at(rename, "the fallback variant has no name of its own, since it holds the whole value; remove `rename`");
    }
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            reject_options(&fields.unnamed[0], "the field of the fallback variant takes no options", errors);
            Some(Fallback { ident: &variant.ident, ty: &fields.unnamed[0].ty })
        }
        _ => {
            let message = format!(
                "the fallback variant holds the value that it was read from, so that saving it again loses nothing; write \
                 `{ident}(String)` for text, or `{ident}(djamodb::value::AttributeValue)` for any value",
                ident = variant.ident
            );
            errors.at(variant, message);
            None
        }
    }
}

fn read_variant<'a>(
    variant: &'a syn::Variant,
    options: VariantOptions,
    enum_options: &EnumOptions,
    errors: &mut Errors,
) -> Variant<'a> {
    let ident = &variant.ident;
    let rule = enum_options.rename_all.get().copied().unwrap_or(RenameRule::Pascal);
    let rename = options.rename.get().cloned();
    let name = rename.as_ref().map_or_else(|| rule.apply(&ident.unraw().to_string()), LitStr::value);
    let content = match &variant.fields {
        Fields::Unit => Content::Unit,
        Fields::Named(named) => content_of_fields(&named.named, enum_options.rename_all_fields.get().copied(), errors),
        Fields::Unnamed(unnamed) => {
            for field in &unnamed.unnamed {
                reject_options(
                    field,
                    "the value of a variant takes no options; name the field, as in a struct",
                    errors,
                );
            }
            let mut types: Vec<_> = unnamed.unnamed.iter().map(|field| &field.ty).collect();
            match types.len() {
                0 => {
                    errors.at(unnamed, "a variant without data has no parentheses; remove them");
                    Content::Unit
                }
                1 => Content::Newtype(types.remove(0)),
                _ => Content::Tuple(types),
            }
        }
    };
    Variant { ident, name, rename, content }
}

fn content_of_fields<'a>(
    named: impl IntoIterator<Item = &'a syn::Field>,
    rename_all: Option<RenameRule>,
    errors: &mut Errors,
) -> Content<'a> {
    let mut fields = fields::Fields::default();
    for field in named {
        let mut options = FieldOptions::default();
        for arg in attribute_args::parse_all(&field.attrs, "attribute", errors) {
            if !options.set(&arg, errors) {
                errors.unknown_option(&arg.name, "a field of a variant", &FieldOptions::NAMES);
            }
        }
        let binding = binding(field.ident.as_ref().expect("the fields of a variant with named fields have names"));
        fields.push(options.part_at(quote!(#binding), field, rename_all, errors));
    }
    Content::Named(fields)
}

/// Returns the variable that a pattern binds to a field. Its hygiene hides it from expressions that the user wrote.
pub(super) fn binding(field: &proc_macro2::Ident) -> proc_macro2::Ident {
    format_ident!("field_{}", field.unraw(), span = Span::mixed_site())
}

fn reject_options(field: &syn::Field, message: &str, errors: &mut Errors) {
    for arg in attribute_args::parse_all(&field.attrs, "attribute", errors) {
        errors.at(&arg.name, message);
    }
}
