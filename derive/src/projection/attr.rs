//! Options of `#[projection(…)]`.

use proc_macro2::Ident;
use syn::{Path, Type};

use crate::ast::NamedStruct;
use crate::attribute_args;
use crate::case;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// A projection and its options.
pub(super) struct ProjectionInput<'a> {
    pub(super) ident: &'a Ident,
    /// `None` only after an error.
    pub(super) model: Option<Path>,
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    pub(super) fields: Vec<ProjectionField<'a>>,
}

/// A field of a projection.
pub(super) struct ProjectionField<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    /// Name of the constant of the model's attribute.
    pub(super) constant: Ident,
}

pub(super) fn read<'a>(ast: &NamedStruct<'a>, errors: &mut Errors) -> ProjectionInput<'a> {
    let (mut krate, mut model) = (UniqueOption::default(), UniqueOption::default());
    for arg in attribute_args::parse_all(ast.attributes, "projection", errors) {
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
        errors.missing(name, format!("`{name}` names no model; add #[projection(model = …)]"));
    }
    let fields = ast.fields.iter().filter_map(|field| read_field(field, errors)).collect();
    ProjectionInput { ident: ast.ident, model: model.get().cloned(), krate: crate_path::resolve(&krate), fields }
}

fn read_field<'a>(field: &'a syn::Field, errors: &mut Errors) -> Option<ProjectionField<'a>> {
    let mut attribute = UniqueOption::default();
    for arg in attribute_args::parse_all(&field.attrs, "projection", errors) {
        if arg.name == "attribute" {
            attribute.set(&arg.name, arg.ident(), errors);
        } else {
            errors.unknown_option(&arg.name, "a field of a projection", &["attribute"]);
        }
    }
    let ident = field.ident.as_ref()?;
    Some(ProjectionField { ident, ty: &field.ty, constant: case::constant(attribute.get().unwrap_or(ident)) })
}
