//! What `#[document(…)]` says.

use proc_macro2::Ident;
use syn::{Path, Visibility};

use crate::args;
use crate::ast::Struct;
use crate::errors::Errors;
use crate::field::{Field, FieldOptions};
use crate::krate;
use crate::once::Once;

/// A document.
pub(super) struct Document<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    /// The path to the facade.
    pub(super) krate: Path,
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) fn read<'a>(ast: &Struct<'a>, errors: &mut Errors) -> Document<'a> {
    let mut krate = Once::default();
    for arg in args::read(ast.attributes, "document", errors) {
        if arg.name == "crate" {
            krate.set(&arg.name, arg.path(), errors);
        } else {
            errors.unknown_option(&arg.name, "a document", &["crate"]);
        }
    }
    let fields = ast.fields.iter().map(|field| read_field(field, errors)).collect();
    Document { ident: ast.ident, visibility: ast.visibility, krate: krate::path(&krate), fields }
}

fn read_field<'a>(field: &'a syn::Field, errors: &mut Errors) -> Field<'a> {
    let mut options = FieldOptions::default();
    for arg in args::read(&field.attrs, "document", errors) {
        if !options.take(&arg, errors) {
            errors.unknown_option(&arg.name, "a field of a document", &FieldOptions::KNOWN);
        }
    }
    Field::new(field, &options, errors)
}
