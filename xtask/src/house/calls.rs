//! The database is the last argument of every call that sends requests.

use syn::{FnArg, ImplItem, Item, Signature, TraitItem, Type, Visibility};

use super::files;

/// The folders whose public functions are calls of users.
const FOLDERS: [&str; 2] = ["core/src", "src"];

pub(super) fn check() -> Result<(), String> {
    for folder in FOLDERS {
        for file in files::with_extension(folder, &["rs"])? {
            let parsed = syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
            if let Some(function) = database_before_others(&parsed.items) {
                return Err(format!(
                    "{}: `{function}` takes the database before another argument; the database is the last argument",
                    file.path
                ));
            }
        }
    }
    Ok(())
}

/// Returns the name of a public function or method of a trait with an argument after its database.
fn database_before_others(items: &[Item]) -> Option<String> {
    items.iter().find_map(|item| match item {
        Item::Fn(function) if is_public(&function.vis) => misplaced(&function.sig),
        Item::Trait(declared) => declared.items.iter().find_map(|item| match item {
            TraitItem::Fn(function) => misplaced(&function.sig),
            _ => None,
        }),
        Item::Impl(methods) => methods.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) if is_public(&function.vis) => misplaced(&function.sig),
            _ => None,
        }),
        Item::Mod(module) => module.content.as_ref().and_then(|(_, items)| database_before_others(items)),
        _ => None,
    })
}

const fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn misplaced(signature: &Signature) -> Option<String> {
    let at = signature.inputs.iter().position(is_database)?;
    (at + 1 < signature.inputs.len()).then(|| signature.ident.to_string())
}

/// Returns `true` for an argument of the type `&Database`.
fn is_database(argument: &FnArg) -> bool {
    let FnArg::Typed(argument) = argument else { return false };
    let Type::Reference(reference) = &*argument.ty else { return false };
    matches!(&*reference.elem, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Database"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_the_last_argument_of_every_call() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn an_argument_after_the_database_is_found() {
        let found = |text: &str| database_before_others(&syn::parse_file(text).unwrap().items);
        assert_eq!(found("impl A { pub fn put(&self, db: &Database, item: Item) {} }").as_deref(), Some("put"));
        assert_eq!(found("trait A { fn save<'a>(&'a self, db: &'a Database, all: bool); }").as_deref(), Some("save"));
        assert_eq!(found("mod a { pub fn read(db: &Database, key: Key) {} }").as_deref(), Some("read"));
        let allowed =
            "pub fn read(key: Key, db: &Database) {} fn private(db: &Database, key: Key) {} trait A { fn a(&self); }";
        assert_eq!(found(allowed), None);
    }
}
