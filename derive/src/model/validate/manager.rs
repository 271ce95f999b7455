//! Managers.

use proc_macro2::{Ident, Span};

use super::super::attr::ModelOptions;
use super::{Index, Manager};
use crate::ast::NamedStruct;
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::manager::ManagerOptions;
use crate::suggestion;

/// Functions of the traits that a model implements. An inherent function of the same name would shadow them.
const TRAIT_FUNCTIONS: [&str; 5] = ["schema", "to_item", "from_item", "key", "default_manager"];

/// Name of the table's manager, and of the default manager, unless the model names another.
const OBJECTS: &str = "objects";

/// Returns the implicit manager of the table, if there is one, and the declared managers; then the default manager.
pub(super) fn check(
    ast: &NamedStruct<'_>,
    options: &ModelOptions<'_>,
    primary: &Ident,
    indexes: &[Index<'_>],
    declared: &mut DeclaredNames,
    errors: &mut Errors,
) -> (Vec<Manager>, Manager) {
    for name in TRAIT_FUNCTIONS {
        declared.reserve(name, "a function of every model".to_owned());
    }
    let default = options.default_manager.get().cloned().unwrap_or_else(|| Ident::new(OBJECTS, Span::call_site()));
    let is_declared = |name: &Ident| options.managers.iter().any(|manager| manager.ident == *name);

    // A `default_manager` that is not declared names the table's manager, but one similar to a declared name is a misspelling.
    if let Some(name) = options.default_manager.get().filter(|name| !is_declared(name)) {
        let names: Vec<_> = options.managers.iter().map(|manager| manager.ident.to_string()).collect();
        if let Some(similar) = suggestion::most_similar(&name.to_string(), &names) {
            let model = ast.ident;
            errors.at(name, format!("`{model}` declares no manager `{name}` (did you mean `{similar}`?)"));
        }
    }
    let mut managers = Vec::with_capacity(options.managers.len() + 1);
    if let Some(ident) = implicit_manager(&default, is_declared) {
        declared.declare(&ident, "", "the manager of the table", errors);
        managers.push(Manager { ident, reads: primary.clone(), index: None, filter: None, queryset: None });
    }
    for manager in &options.managers {
        declared.declare(&manager.ident, "", &format!("the manager `{}`", manager.ident), errors);
        let index = index_of(ast, manager, indexes, errors);
        managers.push(Manager {
            ident: manager.ident.clone(),
            reads: index.map_or(primary, |index| &index.type_name).clone(),
            index: index.map(|index| index.name.clone()),
            filter: manager.filter.get().cloned(),
            queryset: manager.queryset.get().cloned(),
        });
    }
    let default = managers.iter().find(|manager| manager.ident == default).unwrap_or(&managers[0]).clone();
    (managers, default)
}

/// Returns the name of the table's implicit manager: the name of the default manager, or `objects` if that is declared. If both
/// are declared, there is no implicit manager.
fn implicit_manager(default: &Ident, is_declared: impl Fn(&Ident) -> bool) -> Option<Ident> {
    let objects = Ident::new(OBJECTS, Span::call_site());
    [default.clone(), objects].into_iter().find(|name| !is_declared(name))
}

fn index_of<'m, 'a>(
    ast: &NamedStruct<'_>,
    manager: &ManagerOptions<Ident>,
    indexes: &'m [Index<'a>],
    errors: &mut Errors,
) -> Option<&'m Index<'a>> {
    let index = manager.index.get()?;
    let found = indexes.iter().find(|declared| declared.ident == index);
    if found.is_none() {
        let names: Vec<_> = indexes.iter().map(|index| index.ident.to_string()).collect();
        let (model, known) = (ast.ident, suggestion::known_names(&index.to_string(), "indexes", &names));
        errors.at(index, format!("`{model}` has no index `{index}`{known}"));
    }
    found
}
