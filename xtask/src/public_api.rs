//! The public API, listed in `docs/api`, so that whoever changes it sees it.

mod difference;
mod listing;
mod rustdoc;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use difference::Difference;
use listing::Listing;
pub(crate) use rustdoc::stand_in;

use crate::command::root;

/// What writes the listings.
const WRITE: &str = "cargo xtask public-api --write";

/// What the names of the examples begin with, which promise nothing.
const EXAMPLE: &str = "djamodb-example-";

/// Compares the listings with the code. Another version of Rust may tell the same API in other words, so that nothing is
/// compared there.
pub(crate) fn check() -> Result<(), String> {
    println!("\npublic API");
    let (here, written) = (rustdoc::rust_version()?, written()?);
    if let Some(listing) = written.values().find(|listing| listing.rust != here) {
        println!("public API not checked: it is listed as Rust {} tells it, and this is Rust {here}", listing.rust);
        return Ok(());
    }
    let difference = difference_of(&written, &made(&here)?);
    if difference.is_empty() {
        println!("the public API is as docs/api lists it");
        return Ok(());
    }
    Err(format!("the public API is not as docs/api lists it\n{difference}\nif that is meant: {WRITE}"))
}

/// Writes the listings anew.
pub(crate) fn write() -> Result<(), String> {
    let (made, folder) = (made(&rustdoc::rust_version()?)?, folder());
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    for (package, listing) in &made {
        let path = folder.join(format!("{package}.txt"));
        fs::write(&path, listing.text(package)).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}: {} lines", path.display(), listing.lines.len());
    }
    Ok(())
}

/// All that differs, package by package. A package that is on one side only has no lines on the other.
fn difference_of(written: &BTreeMap<String, Listing>, made: &BTreeMap<String, Listing>) -> String {
    let mut packages: Vec<&String> = written.keys().chain(made.keys()).collect();
    packages.sort();
    packages.dedup();
    let lines = |listings: &BTreeMap<String, Listing>, package: &str| -> Vec<String> {
        listings.get(package).map(|listing| listing.lines.clone()).unwrap_or_default()
    };
    let differences = packages.into_iter().filter_map(|package| {
        let difference = Difference::between(&lines(written, package), &lines(made, package));
        (!difference.is_empty()).then(|| format!("\ndocs/api/{package}.txt\n{difference}"))
    });
    differences.collect()
}

/// The listings as the code gives them, by the names of the packages.
fn made(rust: &str) -> Result<BTreeMap<String, Listing>, String> {
    let mut listings = BTreeMap::new();
    for json in rustdoc::write_json()? {
        let package = json.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
        if !package.starts_with(EXAMPLE) {
            listings.insert(package, Listing::of_json(&json, rust)?);
        }
    }
    Ok(listings)
}

/// The listings as they were written.
fn written() -> Result<BTreeMap<String, Listing>, String> {
    let folder = folder();
    let mut listings = BTreeMap::new();
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}; {WRITE} makes it", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let package = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let listing = Listing::of_text(&text).ok_or_else(|| {
                format!("{} does not begin with the version of Rust; {WRITE} makes it anew", path.display())
            })?;
            listings.insert(package, listing);
        }
    }
    Ok(listings)
}

fn folder() -> PathBuf {
    root().join("docs/api")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listings(packages: &[(&str, &str)]) -> BTreeMap<String, Listing> {
        let listing = |line: &str| Listing { rust: "1.95".to_owned(), lines: vec![line.to_owned()] };
        packages.iter().map(|(package, line)| ((*package).to_owned(), listing(line))).collect()
    }

    #[test]
    fn a_package_that_came_or_went_would_not_be_seen() {
        let written = listings(&[("gone", "pub mod gone"), ("same", "pub mod same")]);
        let made = listings(&[("new", "pub mod new"), ("same", "pub mod same")]);
        let expected = "\ndocs/api/gone.txt\n  removed  pub mod gone\n\ndocs/api/new.txt\n  added    pub mod new\n";
        assert_eq!(difference_of(&written, &made), expected);
        assert_eq!(difference_of(&made, &made), "");
    }
}
