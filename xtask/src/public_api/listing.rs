//! The listing of one package: a line for each public item.

use std::fs;
use std::path::Path;

use public_api::rustdoc_types::FORMAT_VERSION;
use serde::Deserialize;

/// What a package lets others use, as one version of Rust tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listing {
    pub(super) rust: String,
    pub(super) lines: Vec<String>,
}

/// What the first line of a file says before the version of Rust.
const HEADER: &str = "with all features, as told by Rust ";

impl Listing {
    /// Reads rustdoc's JSON. Left out is what every type has or what stands in a `derive`: implementations of auto traits, of
    /// traits for all types, and derived ones.
    pub(super) fn of_json(json: &Path, rust: &str) -> Result<Self, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", json.display());
        let text = fs::read_to_string(json).map_err(|error| failed(&error))?;
        let Format { format_version } = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        if format_version != FORMAT_VERSION {
            return Err(format!(
                "public API not checked: rustdoc of Rust {rust} writes its JSON in format {format_version}, and public-api \
                 reads {FORMAT_VERSION}; Cargo.toml must name a version of public-api that reads {format_version}"
            ));
        }
        let items = public_api::Builder::from_rustdoc_json(json)
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Self { rust: rust.to_owned(), lines: items.items().map(ToString::to_string).collect() })
    }

    /// Reads a file of `docs/api`.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let (header, lines) = text.split_once('\n')?;
        let (_, rust) = header.split_once(HEADER)?;
        Some(Self { rust: rust.to_owned(), lines: lines.lines().map(str::to_owned).collect() })
    }

    /// What the file of a package holds.
    pub(super) fn text(&self, package: &str) -> String {
        let header = format!("# The public API of {package} {HEADER}{}\n", self.rust);
        let lines = self.lines.iter().flat_map(|line| [line.as_str(), "\n"]);
        std::iter::once(header.as_str()).chain(lines).collect()
    }
}

/// Which format the JSON is in.
#[derive(Deserialize)]
struct Format {
    format_version: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_would_be_read_otherwise() {
        let listing =
            Listing { rust: "1.95".to_owned(), lines: vec!["pub mod a".to_owned(), "pub mod a::b".to_owned()] };
        assert_eq!(Listing::of_text(&listing.text("a")), Some(listing));
        assert_eq!(Listing::of_text("pub mod a\n"), None);
    }
}
