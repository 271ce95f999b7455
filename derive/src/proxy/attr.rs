//! Options of `#[proxy(…)]`.

use proc_macro2::{Ident, Span};
use syn::{DeriveInput, Error, Path, Result};

use crate::attribute_args::{self, AttributeArg};
use crate::crate_path;
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::manager::ManagerOptions;
use crate::unique_option::UniqueOption;

/// The options of a proxy.
pub(super) struct Options {
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    /// The managers, each with a name of its own. The index is a type.
    pub(super) managers: Vec<ManagerOptions<Path>>,
}

pub(super) fn read(input: &DeriveInput, errors: &mut Errors) -> Options {
    let (mut krate, mut managers) = (UniqueOption::default(), Vec::new());
    for arg in attribute_args::parse_all(&input.attrs, "proxy", errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            "manager" => managers.extend(ManagerOptions::read(&arg, index_type, errors)),
            "crate" => krate.set(name, arg.path(), errors),
            _ => errors.unknown_option(name, "a proxy", &["manager", "crate"]),
        }
    }
    if !managers.iter().any(|manager| manager.ident == "objects") {
        managers.insert(0, ManagerOptions::new(Ident::new("objects", Span::call_site())));
    }
    let mut declared = DeclaredNames::default();
    managers.retain(|manager| {
        let origin = format!("the manager `{}`", manager.ident);
        declared.declare(&manager.ident, "", &origin, errors)
    });
    Options { krate: crate_path::resolve(&krate), managers }
}

/// Returns the path of the type of an index.
fn index_type(arg: &AttributeArg) -> Result<Path> {
    let path = arg.type_path()?;
    let is_name = path.get_ident().is_some_and(|name| name.to_string().starts_with(char::is_lowercase));
    if is_name {
        let message = "an index of a proxy is the name of its type, such as `WeatherByKind` for `by_kind` of `Weather`";
        return Err(Error::new_spanned(path, message));
    }
    Ok(path)
}
