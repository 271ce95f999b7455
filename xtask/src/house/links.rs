//! Links of pages lead to files and headings of the workspace.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{self, SourceFile};
use crate::command::root;

/// Requires that each link of a page to another place of the workspace leads to a file or folder, and its fragment to a heading.
pub(super) fn check() -> Result<(), String> {
    let pages = files::with_extension("", &["md"])?;
    let anchors: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|page| (page.path.as_str(), anchors(&page.text))).collect();
    for page in &pages {
        for link in links(&page.text) {
            let target = Target::new(page, link);
            let exists = root().join(&target.path).exists();
            let has_heading = target.fragment.is_none_or(|fragment| {
                anchors.get(target.path.as_str()).is_none_or(|anchors| anchors.contains(fragment))
            });
            if !exists || !has_heading {
                return Err(format!("{}: the link `{link}` leads nowhere", page.path));
            }
        }
    }
    Ok(())
}

/// A place of the workspace.
#[derive(Debug, PartialEq)]
struct Target<'a> {
    /// The path from the workspace's root.
    path: String,
    fragment: Option<&'a str>,
}

impl<'a> Target<'a> {
    fn new(page: &SourceFile, link: &'a str) -> Self {
        let (path, fragment) = link.split_once('#').map_or((link, None), |(path, fragment)| (path, Some(fragment)));
        let mut parts: Vec<&str> = page.path.split('/').collect();
        if !path.is_empty() {
            parts.pop();
        }
        for part in path.split('/') {
            match part {
                ".." => drop(parts.pop()),
                "" | "." => {}
                part => parts.push(part),
            }
        }
        Self { path: parts.join("/"), fragment }
    }
}

/// Returns the destinations of a page's links, without those to other sites and to items of Rust.
fn links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(link, _)| link))
        .filter(|link| !link.contains("://") && !link.contains("::") && !link.contains(char::is_whitespace))
        .collect()
}

/// Returns the anchors of a page's headings, as web pages derive them: in lower case, with `-` for spaces, without punctuation.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|heading| {
            let kept = heading.to_lowercase();
            let kept = kept.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
            kept.map(|character| if character == ' ' { '-' } else { character }).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn every_link_leads_to_a_file_or_a_heading() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn links_are_resolved_from_the_folder_of_their_page() {
        let page = page("docs/A.md", "");
        let target = |link| Target::new(&page, link).path;
        assert_eq!(target("B.md"), "docs/B.md");
        assert_eq!(target("../examples/rest/README.md#run"), "examples/rest/README.md");
        assert_eq!(target("#a-heading"), "docs/A.md");
        assert_eq!(Target::new(&page, "B.md#costs").fragment, Some("costs"));
    }

    #[test]
    fn finds_links_to_files_only() {
        assert_eq!(links("[a](B.md), [b](https://example.org) and [c](crate::d), [e](../f)"), ["B.md", "../f"]);
    }

    #[test]
    fn headings_become_anchors() {
        assert_eq!(
            anchors("# A first `Page`\ntext\n## Reads, writes\n"),
            ["a-first-page", "reads-writes"].map(String::from).into()
        );
    }
}
