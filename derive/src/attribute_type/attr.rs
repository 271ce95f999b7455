//! Options of `#[attribute(…)]`.

use proc_macro2::Ident;
use syn::{DeriveInput, LitStr, Path, Variant};

use super::ast::Shape;
use crate::attribute_args;
use crate::case::RenameRule;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The options of a newtype or an enum and of its variants.
#[derive(Default)]
pub(super) struct TypeOptions<'a> {
    krate: UniqueOption<Path>,
    pub(super) rename_all: UniqueOption<RenameRule>,
    pub(super) variants: Vec<VariantOptions<'a>>,
}

/// A variant and its options.
pub(super) struct VariantOptions<'a> {
    pub(super) ident: &'a Ident,
    pub(super) rename: UniqueOption<LitStr>,
}

impl TypeOptions<'_> {
    pub(super) fn krate(&self) -> Path {
        crate_path::resolve(&self.krate)
    }
}

pub(super) fn read<'a>(input: &DeriveInput, shape: Option<&Shape<'a>>, errors: &mut Errors) -> TypeOptions<'a> {
    let mut options = TypeOptions::default();
    let is_enum = matches!(shape, Some(Shape::Enum(_)));
    for arg in attribute_args::parse_all(&input.attrs, "attribute", errors) {
        let name = &arg.name;
        if name == "crate" {
            options.krate.set(name, arg.path(), errors);
        } else if is_enum && name == "rename_all" {
            options.rename_all.set(name, RenameRule::read(&arg), errors);
        } else if is_enum {
            errors.unknown_option(name, "an enum", &["rename_all", "crate"]);
        } else if shape.is_some() {
            errors.unknown_option(name, "a newtype", &["crate"]);
        }
    }
    match shape {
        Some(Shape::Enum(variants)) => {
            options.variants = variants.iter().map(|variant| read_variant(variant, errors)).collect();
        }
        Some(Shape::Newtype(field)) => {
            for arg in attribute_args::parse_all(&field.attrs, "attribute", errors) {
                errors.at(&arg.name, "the field of a newtype takes no options");
            }
        }
        None => {}
    }
    options
}

fn read_variant<'a>(variant: &'a Variant, errors: &mut Errors) -> VariantOptions<'a> {
    let mut rename = UniqueOption::default();
    for arg in attribute_args::parse_all(&variant.attrs, "attribute", errors) {
        if arg.name == "rename" {
            rename.set(&arg.name, arg.text(), errors);
        } else {
            errors.unknown_option(&arg.name, "a variant", &["rename"]);
        }
    }
    VariantOptions { ident: &variant.ident, rename }
}
