//! Options of `#[queryset(…)]`.

use syn::{Expr, Path};

use super::shape::Shape;
use crate::ast::NamedStruct;
use crate::attribute_args;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

const OPTIONS: [&str; 3] = ["pre_filter", "post_set_index", "crate"];

/// The options of a custom queryset.
pub(super) struct Options {
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    pub(super) pre_filter: UniqueOption<Path>,
    pub(super) post_set_index: UniqueOption<Path>,
    /// The first value of each field of the state, in their order; without one it is the `Default` of the type.
    pub(super) defaults: Vec<Option<Expr>>,
}

pub(super) fn read(ast: &NamedStruct<'_>, shape: &Shape<'_>, errors: &mut Errors) -> Options {
    let mut krate = UniqueOption::default();
    let (mut pre_filter, mut post_set_index) = (UniqueOption::default(), UniqueOption::default());
    for arg in attribute_args::parse_all(ast.attributes, "queryset", errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            "pre_filter" => pre_filter.set(name, arg.function_path(), errors),
            "post_set_index" => post_set_index.set(name, arg.function_path(), errors),
            "crate" => krate.set(name, arg.path(), errors),
            _ => errors.unknown_option(name, "a custom queryset", &OPTIONS),
        }
    }
    for field in ast.fields.iter().filter(|field| field.ident.as_ref() == Some(shape.inner)) {
        for arg in attribute_args::parse_all(&field.attrs, "queryset", errors) {
            errors.at(&arg.name, "the field with the queryset has no options");
        }
    }
    let defaults = shape.state.iter().map(|field| {
        let mut default = UniqueOption::default();
        for arg in attribute_args::parse_all(&field.attrs, "queryset", errors) {
            if arg.name == "default" {
                default.set(&arg.name, arg.expr().cloned(), errors);
            } else {
                errors.unknown_option(&arg.name, "a field of a custom queryset", &["default"]);
            }
        }
        default.get().cloned()
    });
    let defaults = defaults.collect();
    Options { krate: crate_path::resolve(&krate), pre_filter, post_set_index, defaults }
}
