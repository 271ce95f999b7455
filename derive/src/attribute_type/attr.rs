//! Options of `#[attribute(…)]`.

use syn::{DeriveInput, Field, Path};

use crate::attribute_args;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The options of a newtype.
#[derive(Default)]
pub(super) struct TypeOptions {
    krate: UniqueOption<Path>,
}

impl TypeOptions {
    pub(super) fn krate(&self) -> Path {
        crate_path::resolve(&self.krate)
    }
}

pub(super) fn read(input: &DeriveInput, field: Option<&Field>, errors: &mut Errors) -> TypeOptions {
    let mut options = TypeOptions::default();
    for arg in attribute_args::parse_all(&input.attrs, "attribute", errors) {
        let name = &arg.name;
        if name == "crate" {
            options.krate.set(name, arg.path(), errors);
        } else if field.is_some() {
            errors.unknown_option(name, "a newtype", &["crate"]);
        }
    }
    let field_attributes = field.map_or(&[][..], |field| &field.attrs);
    for arg in attribute_args::parse_all(field_attributes, "attribute", errors) {
        errors.at(&arg.name, "the field of a newtype takes no options");
    }
    options
}
