//! Custom querysets have every method of a queryset.

use std::collections::BTreeSet;

use syn::{FnArg, ImplItem, Item, TraitItem, Type, Visibility};

use super::files::{self, SourceFile};

const FOLDER: &str = "core/src/queryset";

/// The traits that give a custom queryset the methods of a queryset.
const TRAITS: [&str; 2] = ["BuilderMethods", "TerminalMethods"];

pub(super) fn check() -> Result<(), String> {
    let files = files::with_extension(FOLDER, &["rs"])?;
    match missing(&files)?.first() {
        None => Ok(()),
        Some(method) => Err(format!(
            "{FOLDER}: custom querysets lack `{method}` of `QuerySet`; add it to {} in {FOLDER}/custom, and to \
             tests/it/custom_querysets.rs",
            TRAITS.join(" or ")
        )),
    }
}

/// Returns the public methods of `QuerySet` that neither trait has.
fn missing(files: &[SourceFile]) -> Result<Vec<String>, String> {
    let (mut of_querysets, mut of_traits) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let parsed = syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        for item in parsed.items {
            match item {
                Item::Impl(methods) if methods.trait_.is_none() && is_queryset(&methods.self_ty) => {
                    of_querysets.extend(methods.items.iter().filter_map(public_method));
                }
                Item::Trait(declared) if TRAITS.iter().any(|name| declared.ident == name) => {
                    of_traits.extend(declared.items.iter().filter_map(|item| match item {
                        TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
    }
    if of_querysets.is_empty() {
        return Err(format!("{FOLDER} declares no public method of `QuerySet`"));
    }
    Ok(of_querysets.difference(&of_traits).cloned().collect())
}

fn is_queryset(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "QuerySet"))
}

fn public_method(item: &ImplItem) -> Option<String> {
    let ImplItem::Fn(function) = item else { return None };
    let is_method = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
    (is_method && matches!(function.vis, Visibility::Public(_))).then(|| function.sig.ident.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_querysets_have_every_method() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn a_public_method_without_a_counterpart_is_found() {
        let text = "
            impl<M, R, I> QuerySet<M, R, I> {
                pub fn filter(&self) -> Self {}
                pub async fn all(&self) {}
                pub fn sample(&self) -> Self {}
                pub(super) fn with(&self) {}
                pub fn new() -> Self {}
            }
            pub trait BuilderMethods { fn filter(&self) -> Self {} }
            pub trait TerminalMethods { fn all(&self) {} }
            impl QuerySet<M, R, I> { fn private(&self) {} }
            impl Clone for QuerySet<M, R, I> { fn clone(&self) -> Self {} }
            impl Manager { pub fn bulk_create(&self) {} }
        ";
        let file = SourceFile { path: "builder.rs".to_owned(), text: text.to_owned() };
        assert_eq!(missing(&[file]), Ok(vec!["sample".to_owned()]));
    }
}
