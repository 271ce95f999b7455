//! Checks of an enum as a whole.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::LitStr;

use super::{Content, Enumeration, Form, Variant, expand};
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;

pub(super) fn check(enumeration: &Enumeration<'_>, errors: &mut Errors) {
    check_variant_names(enumeration, errors);
    for variant in &enumeration.variants {
        if let Content::Named(fields) = &variant.content {
            fields.check(errors);
        }
        if let Form::Internal { tag } = &enumeration.form {
            check_content_beside_tag(variant, tag, errors);
        }
    }
    check_constants(enumeration, errors);
}

/// Adds errors for empty names and for names of several variants.
fn check_variant_names(enumeration: &Enumeration<'_>, errors: &mut Errors) {
    let mut seen: BTreeMap<&str, &Ident> = BTreeMap::new();
    for Variant { ident, name, rename, .. } in &enumeration.variants {
        if let Some(empty) = rename.as_ref().filter(|_| name.is_empty()) {
            errors.at(empty, "a variant cannot be stored as empty text, since a key attribute cannot be empty");
        } else if let Some(earlier) = seen.insert(name, ident) {
            let message = format!("`{earlier}` and `{ident}` are both stored as `{name}`; rename one of them");
            match rename {
                Some(rename) => errors.at(rename, message),
                None => errors.at(ident, message),
            }
        }
    }
}

fn check_content_beside_tag(variant: &Variant<'_>, tag: &LitStr, errors: &mut Errors) {
    let entry = tag.value();
    match &variant.content {
        Content::Tuple(types) => {
            let message = "several values are stored as a list, and the name of the variant is stored inside its content, which must be a \
                           map; name the fields, or add the option `content` to the enum";
            errors.at(types[0], message);
        }
        Content::Named(fields) => {
            if let Some(field) = fields.stored.iter().find(|field| field.name == entry) {
                let message = format!(
                    "`{}` is stored as `{entry}`, where the name of the variant is stored; rename the field or the tag",
                    field.rust_name()
                );
                errors.at(field.ident, message);
            }
        }
        Content::Unit | Content::Newtype(_) => {}
    }
}

fn check_constants(enumeration: &Enumeration<'_>, errors: &mut Errors) {
    if matches!(enumeration.form, Form::Text) {
        return;
    }
    let mut declared = DeclaredNames::default();
    for variant in &enumeration.variants {
        let (ident, constant) = (variant.ident, expand::constant(variant.ident));
        if *ident == constant {
            let message = format!(
                "the constant of the variant has the name `{ident}` too; write the variant in camel case and keep the stored name \
                 with #[attribute(rename = \"…\")]"
            );
            errors.at(ident, message);
        }
        declared.declare(&constant, "the constant of ", &format!("the variant `{ident}`"), errors);
        if let Content::Named(fields) = &variant.content {
            for (field_constant, field) in fields.constants() {
                let constant = expand::field_constant(ident, field_constant);
                let origin = format!("the field `{field}` of the variant `{ident}`");
                declared.declare(&constant, "the constant of ", &origin, errors);
            }
        }
    }
}
