//! What `#[attribute(…)]` says, as it is written.

use proc_macro2::Ident;
use syn::{DeriveInput, Error, LitStr, Path, Result, Variant};

use super::ast::Shape;
use crate::args::{self, Arg};
use crate::case::RenameRule;
use crate::errors::Errors;
use crate::krate;
use crate::nearest;
use crate::once::Once;

/// The options of a type and of its variants.
#[derive(Default)]
pub(super) struct Options<'a> {
    krate: Once<Path>,
    pub(super) rename_all: Once<RenameRule>,
    pub(super) variants: Vec<VariantOptions<'a>>,
}

/// A variant and its options.
pub(super) struct VariantOptions<'a> {
    pub(super) ident: &'a Ident,
    pub(super) rename: Once<LitStr>,
}

impl Options<'_> {
    /// The path to the facade.
    pub(super) fn krate(&self) -> Path {
        krate::path(&self.krate)
    }
}

pub(super) fn read<'a>(input: &DeriveInput, shape: Option<&Shape<'a>>, errors: &mut Errors) -> Options<'a> {
    let mut options = Options::default();
    let is_enum = matches!(shape, Some(Shape::Enum(_)));
    for arg in args::read(&input.attrs, "attribute", errors) {
        let name = &arg.name;
        if name == "crate" {
            options.krate.set(name, arg.path(), errors);
        } else if is_enum && name == "rename_all" {
            options.rename_all.set(name, rename_rule(&arg), errors);
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
            for arg in args::read(&field.attrs, "attribute", errors) {
                errors.at(&arg.name, "the field of a newtype takes no options");
            }
        }
        None => {}
    }
    options
}

fn read_variant<'a>(variant: &'a Variant, errors: &mut Errors) -> VariantOptions<'a> {
    let mut rename = Once::default();
    for arg in args::read(&variant.attrs, "attribute", errors) {
        if arg.name == "rename" {
            rename.set(&arg.name, arg.text(), errors);
        } else {
            errors.unknown_option(&arg.name, "a variant", &["rename"]);
        }
    }
    VariantOptions { ident: &variant.ident, rename }
}

fn rename_rule(arg: &Arg) -> Result<RenameRule> {
    let text = arg.text()?;
    let given = text.value();
    let found = RenameRule::ALL.into_iter().find(|(name, _)| *name == given);
    found.map(|(_, rule)| rule).ok_or_else(|| {
        let known = RenameRule::ALL.map(|(name, _)| name);
        let among = nearest::among(&given, "values", &known);
        Error::new_spanned(text, format!("`rename_all` has no value `{given}`{among}"))
    })
}
