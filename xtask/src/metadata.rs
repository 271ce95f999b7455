//! The packages of the workspace, as cargo describes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::command::cargo_output;

/// The part of cargo's metadata that is read here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: String,
    /// Registries to which the package may be published; empty for `publish = false`, absent for every registry.
    publish: Option<Vec<String>>,
    /// The features by name, each with those that it enables.
    pub(crate) features: BTreeMap<String, Vec<String>>,
}

/// Returns the packages that are published.
pub(crate) fn published() -> Result<Vec<Package>, String> {
    let metadata = cargo_output(&["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: Metadata = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let published: Vec<Package> = metadata.packages.into_iter().filter(|package| package.publish.is_none()).collect();
    if published.is_empty() { Err("no package of the workspace is published".to_owned()) } else { Ok(published) }
}
