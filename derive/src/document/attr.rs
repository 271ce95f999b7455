//! Options of `#[document(…)]`.

use proc_macro2::Ident;
use syn::{Path, Visibility};

use crate::ast::NamedStruct;
use crate::attribute_args;
use crate::crate_path;
use crate::errors::Errors;
use crate::field::{Field, FieldOptions};
use crate::unique_option::UniqueOption;

/// A document and its options.
pub(super) struct Document<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) fn read<'a>(ast: &NamedStruct<'a>, errors: &mut Errors) -> Document<'a> {
    let mut krate = UniqueOption::default();
    for arg in attribute_args::parse_all(ast.attributes, "document", errors) {
        if arg.name == "crate" {
            krate.set(&arg.name, arg.path(), errors);
        } else {
            errors.unknown_option(&arg.name, "a document", &["crate"]);
        }
    }
    let fields = ast.fields.iter().map(|field| read_field(field, errors)).collect();
    Document { ident: ast.ident, visibility: ast.visibility, krate: crate_path::resolve(&krate), fields }
}

fn read_field<'a>(field: &'a syn::Field, errors: &mut Errors) -> Field<'a> {
    let mut options = FieldOptions::default();
    for arg in attribute_args::parse_all(&field.attrs, "document", errors) {
        if !options.set(&arg, errors) {
            errors.unknown_option(&arg.name, "a field of a document", &FieldOptions::NAMES);
        }
    }
    Field::new(field, &options, errors)
}
