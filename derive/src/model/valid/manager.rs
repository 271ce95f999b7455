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

/// What the manager over the table is called, and with it the default one, where nothing else is said.
const OBJECTS: &str = "objects";

/// The manager over the table that comes by itself, and those declared; then the default one.
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
    let default = options.default_manager.get().cloned().unwrap_or_else(|| Ident::new(OBJECTS, Span::call_site()));
    let is_declared = |name: &Ident| options.managers.iter().any(|manager| manager.ident == *name);

    // A name that is not declared is the table's manager; one that is nearly declared is more likely misspelt.
    if let Some(name) = options.default_manager.get().filter(|name| !is_declared(name)) {
        let known: Vec<_> = options.managers.iter().map(|manager| manager.ident.to_string()).collect();
        if let Some(near) = nearest::nearest(&name.to_string(), &known) {
            let model = ast.ident;
            errors.at(name, format!("`{model}` declares no manager `{name}` (did you mean `{near}`?)"));
        }
    }
    let mut managers = Vec::with_capacity(options.managers.len() + 1);
    if let Some(ident) = of_the_table(&default, is_declared) {
        members.declare(&ident, "", "the manager over the table", errors);
        managers.push(Manager { ident, reads: primary.clone(), index: None, filter: None });
    }
    for declared in &options.managers {
        members.declare(&declared.ident, "", &format!("the manager `{}`", declared.ident), errors);
        let index = index_of(ast, declared, indexes, errors);
        managers.push(Manager {
            ident: declared.ident.clone(),
            reads: index.map_or(primary, |index| &index.type_name).clone(),
            index: index.map(|index| index.name.clone()),
            filter: declared.filter.get().cloned(),
        });
    }
    let default = managers.iter().find(|manager| manager.ident == default).unwrap_or(&managers[0]).clone();
    (managers, default)
}

/// What the manager that comes by itself is called: as the default one, unless that is declared to be something else; then
/// `objects`. There is none where that is declared as well.
fn of_the_table(default: &Ident, is_declared: impl Fn(&Ident) -> bool) -> Option<Ident> {
    let objects = Ident::new(OBJECTS, Span::call_site());
    [default.clone(), objects].into_iter().find(|name| !is_declared(name))
}

fn index_of<'m, 'a>(
    ast: &Struct<'_>,
    manager: &ManagerOptions,
    indexes: &'m [Index<'a>],
    errors: &mut Errors,
) -> Option<&'m Index<'a>> {
    let index = manager.index.get()?;
    let found = indexes.iter().find(|declared| declared.ident == index);
    if found.is_none() {
        let known: Vec<_> = indexes.iter().map(|index| index.ident.to_string()).collect();
        let (model, among) = (ast.ident, nearest::among(&index.to_string(), "indexes", &known));
        errors.at(index, format!("`{model}` has no index `{index}`{among}"));
    }
    found
}
