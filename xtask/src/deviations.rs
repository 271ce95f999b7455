//! The page of all known deviations of backends from AWS, which is written from `conformance/deviations.json`.

use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use crate::command::root;

/// The command that writes the page.
const WRITE: &str = "cargo xtask deviations --write";
const SOURCE: &str = "conformance/deviations.json";
const PAGE: &str = "docs/DEVIATIONS.md";

const INTRODUCTION: &str = "\
# Deviations

This page lists every known difference between a backend and AWS. `cargo xtask deviations --write` writes it from
`conformance/deviations.json`. A conformance case asserts each of them, and the differential test accepts no other difference. The memory driver
behaves as AWS does, or as the column of AWS says where AWS documents nothing. Its own limits are in
[EMULATED.md](../driver-memory/EMULATED.md#differences-from-aws).

| backend | deviation | AWS | instead | source |
|---|---|---|---|---|
";

/// An entry of the list.
#[derive(Deserialize)]
struct Deviation {
    id: String,
    backend: String,
    source: String,
    aws: String,
    instead: Instead,
}

/// The behaviour of the backend.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Instead {
    Message(String),
    Behaviour(String),
}

/// Compares the page with the list.
///
/// # Errors
///
/// Returns a message if they differ, or if one of them cannot be read.
pub(crate) fn check() -> Result<(), String> {
    let (path, expected) = (root().join(PAGE), page()?);
    let present = fs::read_to_string(path).map_err(|error| format!("{PAGE}: {error}; run `{WRITE}`"))?;
    if present != expected {
        return Err(format!("{PAGE} differs from {SOURCE}; run `{WRITE}`"));
    }
    println!("{PAGE} lists the entries of {SOURCE}");
    Ok(())
}

/// Writes the page anew.
///
/// # Errors
///
/// Returns a message if the list cannot be read or the page cannot be written.
pub(crate) fn write() -> Result<(), String> {
    fs::write(root().join(PAGE), page()?).map_err(|error| format!("{PAGE}: {error}"))?;
    println!("wrote {PAGE}");
    Ok(())
}

fn page() -> Result<String, String> {
    let json = fs::read_to_string(root().join(SOURCE)).map_err(|error| format!("{SOURCE}: {error}"))?;
    let deviations: Vec<Deviation> = serde_json::from_str(&json).map_err(|error| format!("{SOURCE}: {error}"))?;
    Ok(INTRODUCTION.to_owned() + &rows(&deviations))
}

/// Returns one row for each entry, sorted by backend and identifier.
fn rows(deviations: &[Deviation]) -> String {
    let mut sorted: Vec<&Deviation> = deviations.iter().collect();
    sorted.sort_by_key(|deviation| (&deviation.backend, &deviation.id));
    let mut rows = String::new();
    for Deviation { id, backend, source, aws, instead } in sorted {
        let instead = match instead {
            Instead::Message(message) => format!("the message `{message}`"),
            Instead::Behaviour(behaviour) => behaviour.clone(),
        };
        let [aws, instead, source] = [aws, &instead, source].map(|text| cell(text));
        // Writing to a string does not fail.
        let _ = writeln!(rows, "| {backend} | `{id}` | {aws} | {instead} | {source} |");
    }
    rows
}

/// Returns a text as the content of a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviation(backend: &str, id: &str, instead: Instead) -> Deviation {
        let (id, backend) = (id.to_owned(), backend.to_owned());
        Deviation { id, backend, source: "observed".to_owned(), aws: "a | b".to_owned(), instead }
    }

    #[test]
    fn each_entry_is_one_row_in_the_order_of_backends() {
        let rows = rows(&[
            deviation("two", "b", Instead::Message("none".to_owned())),
            deviation("one", "c", Instead::Behaviour("nothing\nhappens".to_owned())),
        ]);
        let expected = "| one | `c` | a \\| b | nothing happens | observed |\n\
                        | two | `b` | a \\| b | the message `none` | observed |\n";
        assert_eq!(rows, expected);
    }
}
