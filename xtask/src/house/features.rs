//! Pages list the features of their package.

use std::collections::BTreeSet;
use std::path::Path;

use super::files;
use crate::command::root;
use crate::metadata::published;

/// The header row with which a table of features begins.
const HEADER: &str = "| feature |";

/// A feature of a package.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Feature<'a> {
    name: &'a str,
    is_default: bool,
}

/// Requires that each published package with features lists them in a table, in its `README.md` or at the top of its `src/lib.rs`, and
/// that every such table has exactly the features of the manifest.
pub(super) fn check() -> Result<(), String> {
    let (packages, root) = (published()?, root());
    for package in packages.iter().filter(|package| !package.features.is_empty()) {
        let defaults = package.features.get("default");
        let is_default = |name: &String| defaults.is_some_and(|defaults| defaults.contains(name));
        let declared: BTreeSet<Feature<'_>> = package
            .features
            .keys()
            .filter(|name| *name != "default")
            .map(|name| Feature { name, is_default: is_default(name) })
            .collect();
        let manifest = Path::new(&package.manifest_path);
        let folder = manifest.strip_prefix(&root).ok().and_then(Path::parent).unwrap_or(Path::new(""));
        let mut tables = 0;
        for page in ["README.md", "src/lib.rs"] {
            let path = folder.join(page);
            if !root.join(&path).is_file() {
                continue;
            }
            let path = path.to_string_lossy();
            if let Some(listed) = table(&files::read(&path)?) {
                tables += 1;
                compare(&declared, &listed)
                    .map_err(|difference| format!("{path}: its table of features {difference}"))?;
            }
        }
        if tables == 0 {
            return Err(format!(
                "{} has features; list them in its README.md or src/lib.rs, below `{HEADER} …`",
                package.name
            ));
        }
    }
    Ok(())
}

fn compare(declared: &BTreeSet<Feature<'_>>, listed: &BTreeSet<Feature<'_>>) -> Result<(), String> {
    let shown = |feature: &Feature<'_>| {
        format!("`{}`, which is {} by default", feature.name, if feature.is_default { "on" } else { "off" })
    };
    if let Some(feature) = declared.difference(listed).next() {
        return Err(format!("lacks {}", shown(feature)));
    }
    match listed.difference(declared).next() {
        None => Ok(()),
        Some(feature) => Err(format!("lists {}; Cargo.toml has no such feature", shown(feature))),
    }
}

/// Returns the features that the first table of features on a page lists, or `None` if the page has no such table.
///
/// A feature is on by default if its first cell says `(default)` or its second one is `on`.
fn table(page: &str) -> Option<BTreeSet<Feature<'_>>> {
    let mut rows = page
        .lines()
        .map(|line| line.trim_start_matches("//!").trim())
        .skip_while(|line| !line.starts_with(HEADER))
        .take_while(|line| line.starts_with('|'));
    rows.next()?;
    let features = rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let first = cells.next()?;
        let name = first.strip_prefix('`')?.split('`').next()?;
        Some(Feature { name, is_default: first.ends_with("(default)") || cells.next() == Some("on") })
    });
    Some(features.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(name: &str, is_default: bool) -> Feature<'_> {
        Feature { name, is_default }
    }

    #[test]
    fn every_package_lists_its_features() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn reads_the_tables_of_pages_and_of_documentation_comments() {
        let page =
            "text\n\n| feature | adds |\n|---|---|\n| `a` (default) | x |\n| `b` | y |\n\n| `c` | another table |\n";
        assert_eq!(table(page), Some([feature("a", true), feature("b", false)].into()));
        let comment =
            "//! | feature | default | effect |\n//! |---|---|---|\n//! | `a` | on | x |\n//! | `b` | off | y |\n//!\n";
        assert_eq!(table(comment), Some([feature("a", true), feature("b", false)].into()));
        assert_eq!(table("| URL | server |\n"), None);
    }

    #[test]
    fn names_a_feature_that_is_missing_unknown_or_has_another_default() {
        let declared = [feature("a", true), feature("b", false)].into();
        assert_eq!(compare(&declared, &[feature("a", true)].into()).unwrap_err(), "lacks `b`, which is off by default");
        let unknown = [feature("a", true), feature("b", false), feature("c", false)].into();
        assert!(compare(&declared, &unknown).unwrap_err().contains("lists `c`"));
        let other = [feature("a", false), feature("b", false)].into();
        assert_eq!(compare(&declared, &other).unwrap_err(), "lacks `a`, which is on by default");
    }
}
