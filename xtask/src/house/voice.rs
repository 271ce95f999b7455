//! Plain language: rules for documentation comments, comments and pages.
//!
//! A documentation comment begins with a verb in the third person or with a noun phrase. CONTRIBUTING.md describes the voice;
//! this check holds its measurable part.

use std::path::Path;

use super::files::{self, SourceFile};

/// Words with which a documentation comment must not begin.
const OPENINGS: [&str; 9] = ["what", "whether", "how", "who", "where", "when", "that", "why", "which"];

/// Words that must not appear in comments, documentation or names.
const WORDS: [&str; 7] = ["tell", "tells", "told", "telling", "somebody", "nobody", "everybody"];

/// Files that are exempt, each with its reason.
const EXEMPT: [(&str, &str); 1] = [("xtask/src/house/voice.rs", "lists the words")];

pub(super) fn check() -> Result<(), String> {
    let files = files::with_extension("", &["rs", "md"])?;
    let mut faults: Vec<String> = Vec::new();
    for file in &files {
        if EXEMPT.iter().any(|(path, _)| *path == file.path) {
            continue;
        }
        faults.extend(faults_of(file));
    }
    if faults.is_empty() {
        return Ok(());
    }
    let rest = faults.len().saturating_sub(FAULTS_SHOWN_MAX);
    faults.truncate(FAULTS_SHOWN_MAX);
    let more = if rest == 0 { String::new() } else { format!("\n… and {rest} more") };
    Err(format!("the language rules of CONTRIBUTING.md are broken:\n{}{more}", faults.join("\n")))
}

const FAULTS_SHOWN_MAX: usize = 40;

/// Returns one message for each place that breaks a rule.
fn faults_of(file: &SourceFile) -> Vec<String> {
    let is_rust = Path::new(&file.path).extension().is_some_and(|extension| extension == "rs");
    let mut faults = Vec::new();
    let mut inside_block = false;
    for (number, line) in (1..).zip(file.text.lines()) {
        let doc = doc_text(line).filter(|_| is_rust);
        if let Some(text) = doc {
            if !inside_block && !text.is_empty() {
                let first = first_word(text);
                if OPENINGS.contains(&first.as_str()) {
                    faults.push(format!(
                        "{}:{number}: the documentation begins with `{first}`; begin with a verb (\"Returns …\") or a noun phrase",
                        file.path
                    ));
                }
            }
            inside_block = true;
        } else {
            inside_block = false;
        }
        if let Some(word) = banned_word(line) {
            faults
                .push(format!("{}:{number}: `{word}`; say what the code does: returns, reports, lists, …", file.path));
        }
    }
    faults
}

/// Returns the text of a documentation comment line without its marker.
fn doc_text(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    Some(text.trim())
}

fn first_word(text: &str) -> String {
    text.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default().to_lowercase()
}

/// Returns the first banned word of a line; the parts of a snake_case name are words.
fn banned_word(line: &str) -> Option<&'static str> {
    line.split(|character: char| !character.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .find_map(|word| WORDS.into_iter().find(|banned| word.eq_ignore_ascii_case(banned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        faults_of(&SourceFile { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn rejects_documentation_that_begins_with_a_question_word() {
        assert_eq!(faults("a.rs", "/// Whether it is empty.\nfn is_empty() {}\n"), 1);
        assert_eq!(
            faults("a.rs", "/// Returns `true` if it is empty,\n/// whether read or not.\nfn is_empty() {}\n"),
            0
        );
        assert_eq!(faults("a.md", "/// Whether it is empty.\n"), 0, "pages have no documentation comments");
    }

    #[test]
    fn rejects_banned_words_in_comments_names_and_pages() {
        assert_eq!(faults("a.rs", "fn is_told() {}\n"), 1);
        assert_eq!(faults("a.md", "It tells the cost.\n"), 1);
        assert_eq!(faults("a.rs", "// An intellectual property notice.\n"), 0);
    }
}
