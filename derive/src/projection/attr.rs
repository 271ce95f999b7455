//! Options of `#[projection(…)]`.

use proc_macro2::Ident;
use syn::{Expr, Path, Result, Type};

use crate::ast::NamedStruct;
use crate::attribute_args::{self, AttributeArg};
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
    pub(super) source: Source,
}

/// The attribute of the model that a field of a projection holds.
pub(super) enum Source {
    /// Name of the constant of the model's attribute, or of a flattened field.
    Constant(Ident),
    /// An expression of the attribute, such as `Order::AUDIT.at(Audit::CREATED_BY)`.
    Expression(Box<Expr>),
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
            attribute.set(&arg.name, source(&arg), errors);
        } else {
            errors.unknown_option(&arg.name, "a field of a projection", &["attribute"]);
        }
    }
    let ident = field.ident.as_ref()?;
    let source = attribute.into_value().unwrap_or_else(|| Source::Constant(case::constant(ident)));
    Some(ProjectionField { ident, ty: &field.ty, source })
}

/// Reads `attribute = field` or `attribute = Model::FLATTENED.at(…)`.
fn source(arg: &AttributeArg) -> Result<Source> {
    match arg.expr()? {
        expr @ Expr::MethodCall(_) => Ok(Source::Expression(Box::new(expr.clone()))),
        _ => arg.ident().map(|ident| Source::Constant(case::constant(&ident))),
    }
}
