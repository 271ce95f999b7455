//! Packages as they would be published: every crate can be packaged, in the order of their dependencies.

use crate::command::{cargo, cargo_output};
use crate::metadata::{Package, published};

/// Packages every crate that is published, without building the packages once more, and requires that each package holds the
/// files that its sources include.
///
/// # Errors
///
/// Returns a message if a manifest lacks a field, if a dependency has no version, or if an included file is not packaged.
pub(crate) fn check() -> Result<(), String> {
    println!("\npackages");
    let published = published()?;
    let mut arguments = vec!["package", "--quiet", "--no-verify", "--allow-dirty"];
    for package in &published {
        arguments.extend(["--package", package.name.as_str()]);
    }
    cargo(&arguments, &[])?;
    for package in &published {
        package.holds_included_files()?;
    }
    println!("{} packages can be published", published.len());
    Ok(())
}

impl Package {
    /// Requires that the package holds each file that a source of it includes with `include_str!`.
    fn holds_included_files(&self) -> Result<(), String> {
        let listed = cargo_output(&["package", "--list", "--allow-dirty", "--package", &self.name])?;
        let listed: Vec<&str> = listed.lines().collect();
        let folder = self.manifest_path.trim_end_matches("Cargo.toml");
        for file in listed.iter().filter(|file| file.starts_with("src/")) {
            let path = format!("{folder}{file}");
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            for included in included_files(&text) {
                let target = resolve(file, included);
                if !listed.contains(&target.as_str()) {
                    return Err(format!("{file} of {} includes {target}, which its package does not hold", self.name));
                }
            }
        }
        Ok(())
    }
}

/// Returns the arguments of `include_str!` and `include_bytes!` that are plain text.
fn included_files(text: &str) -> Vec<&str> {
    let mut files = Vec::new();
    for call in ["include_str!(\"", "include_bytes!(\""] {
        files.extend(text.split(call).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    files
}

/// Returns a path relative to a file as one from the package's root.
fn resolve(file: &str, included: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in included.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_files_are_found_from_the_root_of_the_package() {
        let text = "#![doc = include_str!(\"../README.md\")]\nconst A: &str = include_str!(\"a/b.txt\");";
        let files: Vec<String> = included_files(text).into_iter().map(|file| resolve("src/lib.rs", file)).collect();
        assert_eq!(files, ["README.md", "src/a/b.txt"]);
    }
}
