//! Managers.

use proc_macro2::{Ident, Span};

use super::super::attr::{ManagerOptions, Options};
use super::{Index, Manager};
use crate::ast::Struct;
use crate::errors::Errors;
use crate::members::Members;
use crate::nearest;

/// The functions of the traits, which a function of the same name would hide.
const TAKEN: [&str; 5] = ["schema", "to_item", "from_item", "key", "default_manager"];

/// The table's manager and those declared; then the default one.
pub(super) fn check(
    ast: &Struct<'_>,
    options: &Options<'_>,
    primary: &Ident,
    indexes: &[Index<'_>],
    members: &mut Members,
    errors: &mut Errors,
) -> (Vec<Manager>, Manager) {
    for name in TAKEN {
        members.reserve(name, "a function of every model".to_owned());
    }
    let default = options.default_manager.get();
    let declared_default = default.filter(|name| options.managers.iter().any(|manager| manager.ident == **name));

    // `default_manager = name` calls the table's manager so, unless `name` is declared to be something else.
    let table_ident = match default {
        Some(name) if declared_default.is_none() => name.clone(),
        _ => Ident::new("objects", Span::call_site()),
    };
    members.declare(&table_ident, "", "the manager over the table", errors);
    let mut managers = vec![Manager { ident: table_ident, reads: primary.clone(), index: None }];

    for declared in &options.managers {
        members.declare(&declared.ident, "", &format!("the manager `{}`", declared.ident), errors);
        let index = index_of(ast, declared, indexes, errors);
        managers.push(Manager {
            ident: declared.ident.clone(),
            reads: index.map_or(primary, |index| &index.type_name).clone(),
            index: index.map(|index| index.name.clone()),
        });
    }
    let default = declared_default.and_then(|name| managers.iter().find(|manager| manager.ident == *name));
    let default = default.unwrap_or(&managers[0]).clone();
    (managers, default)
}

fn index_of<'m, 'a>(
    ast: &Struct<'_>,
    manager: &ManagerOptions,
    indexes: &'m [Index<'a>],
    errors: &mut Errors,
) -> Option<&'m Index<'a>> {
    let name = &manager.ident;
    let Some(index) = manager.index.get() else {
        if !manager.index.is_given() {
            let message = format!(
                "a manager reads an index: `manager({name}, index = …)`; \
                 `default_manager = {name}` would call the manager over the table so"
            );
            errors.missing(name, message);
        }
        return None;
    };
    let found = indexes.iter().find(|declared| declared.ident == index);
    if found.is_none() {
        let known: Vec<_> = indexes.iter().map(|index| index.ident.to_string()).collect();
        let (model, among) = (ast.ident, nearest::among(&index.to_string(), "indexes", &known));
        errors.at(index, format!("`{model}` has no index `{index}`{among}"));
    }
    found
}
