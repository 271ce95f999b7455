//! Reading the workspace's own files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::root;

/// Folders that hold no source of the project.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

/// A text file of the workspace.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    /// The path from the workspace's root, with `/` between folders.
    pub(super) path: String,
    /// The contents.
    pub(super) text: String,
}

/// Returns the file at a path from the workspace's root.
pub(super) fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Returns all files below a folder with one of the extensions, sorted by path. An empty `folder` is the whole workspace.
pub(super) fn with_extension(folder: &str, extensions: &[&str]) -> Result<Vec<SourceFile>, String> {
    let root = root();
    let mut paths = Vec::new();
    collect(&root.join(folder), extensions, &mut paths)?;
    paths.sort();
    let read = |path: &PathBuf| {
        let relative = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).map_err(|error| format!("{relative}: {error}"))?;
        Ok(SourceFile { path: relative, text })
    };
    paths.iter().map(read).collect()
}

fn collect(folder: &Path, extensions: &[&str], paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&path, extensions, paths)?;
            }
        } else if path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)) {
            paths.push(path);
        }
    }
    Ok(())
}
