//! Options of `#[document(…)]`.

use proc_macro2::Ident;
use syn::{Path, Visibility};

use crate::ast::NamedStruct;
use crate::attribute_args;
use crate::case::RenameRule;
use crate::crate_path;
use crate::errors::Errors;
use crate::field::{FieldOptions, Part, Validators};
use crate::fields::Fields;
use crate::unique_option::UniqueOption;

/// A document and its options.
pub(super) struct Document<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    pub(super) fields: Fields<'a>,
    /// The validators of whole values.
    pub(super) validators: Validators,
}

pub(super) fn read<'a>(ast: &NamedStruct<'a>, errors: &mut Errors) -> Document<'a> {
    let (mut krate, mut rename_all) = (UniqueOption::default(), UniqueOption::default());
    let mut validators = Validators::default();
    for arg in attribute_args::parse_all(ast.attributes, "document", errors) {
        if arg.name == "crate" {
            krate.set(&arg.name, arg.path(), errors);
        } else if arg.name == "rename_all" {
            rename_all.set(&arg.name, RenameRule::read(&arg), errors);
        } else if arg.name == "validate" {
            validators.add(&arg, errors);
        } else {
            errors.unknown_option(&arg.name, "a document", &["rename_all", "validate", "crate"]);
        }
    }
    let mut fields = Fields::default();
    for field in &ast.fields {
        fields.push(read_field(field, rename_all.get().copied(), errors));
    }
    let krate = crate_path::resolve(&krate);
    Document { ident: ast.ident, visibility: ast.visibility, krate, fields, validators }
}

fn read_field<'a>(field: &'a syn::Field, rename_all: Option<RenameRule>, errors: &mut Errors) -> Part<'a> {
    let mut options = FieldOptions::default();
    for arg in attribute_args::parse_all(&field.attrs, "document", errors) {
        if !options.set(&arg, errors) {
            errors.unknown_option(&arg.name, "a field of a document", &FieldOptions::NAMES);
        }
    }
    options.part(field, rename_all, errors)
}
