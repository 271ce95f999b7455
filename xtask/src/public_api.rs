//! The public API of every published package, listed in `docs/api`, so that each change of it is seen.

mod rustdoc;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use public_api::PublicApi;
use public_api::rustdoc_types::FORMAT_VERSION;
pub(crate) use rustdoc::stand_in;
use serde::Deserialize;

use crate::command::root;
use crate::metadata::{Package, published};

/// The command that writes the listings.
const WRITE: &str = "cargo xtask public-api --write";

/// The file that holds the version of Rust with which the listings were written.
const RUST_VERSION_FILE: &str = "rust-version.txt";

/// Compares the listings with the code.
///
/// Another version of Rust may print the same API differently, so that nothing is compared there and a line says so.
///
/// # Errors
///
/// Returns a message if rustdoc fails or a listing is missing or superfluous.
///
/// # Panics
///
/// Panics with the difference if a listing differs.
pub(crate) fn check() -> Result<(), String> {
    println!("\npublic API");
    let version = rustdoc::rust_version()?;
    let listed = fs::read_to_string(folder().join(RUST_VERSION_FILE))
        .map_err(|error| format!("docs/api/{RUST_VERSION_FILE}: {error}; run `{WRITE}`"))?;
    if listed.trim() != version {
        println!("public API not checked: it is listed for Rust {}, and this is Rust {version}", listed.trim());
        return Ok(());
    }
    println!("a difference that is intended is written by `{WRITE}`");
    let (published, mut packages) = (published()?, BTreeSet::new());
    for json in rustdoc::write_json()? {
        if let Some(package) = published_package(&json, &published) {
            let path = listing_path(package);
            if !path.is_file() {
                return Err(format!("docs/api has no listing of {package}; run `{WRITE}`"));
            }
            public_api(&json, &version)?.assert_eq_or_update(path);
            packages.insert(package.to_owned());
        }
    }
    if let Some(package) = listed_packages()?.difference(&packages).next() {
        return Err(format!("docs/api lists {package}, which is no published package; run `{WRITE}`"));
    }
    println!("the public API is as docs/api lists it");
    Ok(())
}

/// Writes the listings anew.
///
/// # Errors
///
/// Returns a message if rustdoc fails or a file cannot be written.
pub(crate) fn write() -> Result<(), String> {
    let (version, folder) = (rustdoc::rust_version()?, folder());
    let (published, jsons) = (published()?, rustdoc::write_json()?);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(folder.join(RUST_VERSION_FILE), format!("{version}\n")).map_err(failed)?;
    for json in jsons {
        if let Some(package) = published_package(&json, &published) {
            fs::write(listing_path(package), public_api(&json, &version)?.to_string()).map_err(failed)?;
            println!("wrote docs/api/{package}.txt");
        }
    }
    Ok(())
}

/// Returns the name of the package that a JSON file describes, or `None` if it is not published.
fn published_package<'a>(json: &Path, published: &'a [Package]) -> Option<&'a str> {
    let package = json.file_stem()?.to_string_lossy().replace('_', "-");
    published.iter().map(|package| package.name.as_str()).find(|name| *name == package)
}

/// Reads rustdoc's JSON. Implementations of auto traits, blanket implementations and derived ones are left out, since every
/// type has them or its declaration shows them.
fn public_api(json: &Path, version: &str) -> Result<PublicApi, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", json.display());
    let text = fs::read_to_string(json).map_err(|error| failed(&error))?;
    let Format { format_version } = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    if format_version != FORMAT_VERSION {
        return Err(format!(
            "public API not checked: rustdoc of Rust {version} writes its JSON in format {format_version}, and public-api \
             reads format {FORMAT_VERSION}; name a version of public-api that reads {format_version} in Cargo.toml"
        ));
    }
    public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .map_err(|error| failed(&error))
}

/// The part of rustdoc's JSON that names its format.
#[derive(Deserialize)]
struct Format {
    format_version: u32,
}

/// Returns the names of the packages that `docs/api` lists.
fn listed_packages() -> Result<BTreeSet<String>, String> {
    let folder = folder();
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut packages = BTreeSet::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if name != RUST_VERSION_FILE
            && let Some(package) = name.strip_suffix(".txt")
        {
            packages.insert(package.to_owned());
        }
    }
    Ok(packages)
}

fn listing_path(package: &str) -> PathBuf {
    folder().join(format!("{package}.txt"))
}

fn folder() -> PathBuf {
    root().join("docs/api")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_that_are_not_published_are_not_listed() {
        let published = published().unwrap();
        assert_eq!(published_package(Path::new("a/djamodb_core.json"), &published), Some("djamodb-core"));
        for unpublished in ["a/djamodb_example_rest.json", "a/djamodb_stub_server.json"] {
            assert_eq!(published_package(Path::new(unpublished), &published), None);
        }
    }
}
