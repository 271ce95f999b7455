//! What `#[projection(…)]` says.

use proc_macro2::Ident;
use syn::{Path, Type};

use crate::args;
use crate::ast::Struct;
use crate::case;
use crate::errors::Errors;
use crate::krate;
use crate::once::Once;

/// A projection.
pub(super) struct Projection<'a> {
    pub(super) ident: &'a Ident,
    /// Absent with a mistake only.
    pub(super) model: Option<Path>,
    /// The path to the facade.
    pub(super) krate: Path,
    pub(super) fields: Vec<Field<'a>>,
}

/// A field of a projection.
pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    /// The constant of the model's attribute.
    pub(super) constant: Ident,
}

pub(super) fn read<'a>(ast: &Struct<'a>, errors: &mut Errors) -> Projection<'a> {
    let (mut krate, mut model) = (Once::default(), Once::default());
    for arg in args::read(ast.attributes, "projection", errors) {
        let name = &arg.name;
        if name == "model" {
            model.set(name, arg.type_path(), errors);
        } else if name == "crate" {
            krate.set(name, arg.path(), errors);
        } else {
            errors.unknown_option(name, "a projection", &["model", "crate"]);
        }
    }
    if !model.is_given() {
        let name = ast.ident;
        errors.missing(name, format!("`{name}` does not say of which model: add #[projection(model = …)]"));
    }
    let fields = ast.fields.iter().filter_map(|field| read_field(field, errors)).collect();
    Projection { ident: ast.ident, model: model.get().cloned(), krate: krate::path(&krate), fields }
}

fn read_field<'a>(field: &'a syn::Field, errors: &mut Errors) -> Option<Field<'a>> {
    let mut attribute = Once::default();
    for arg in args::read(&field.attrs, "projection", errors) {
        if arg.name == "attribute" {
            attribute.set(&arg.name, arg.ident(), errors);
        } else {
            errors.unknown_option(&arg.name, "a field of a projection", &["attribute"]);
        }
    }
    let ident = field.ident.as_ref()?;
    Some(Field { ident, ty: &field.ty, constant: case::constant(attribute.get().unwrap_or(ident)) })
}
