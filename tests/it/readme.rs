//! README.md shows parts of examples and of their output, without hidden lines.

use crate::examples::example;

const README: &str = include_str!("../../README.md");

/// Sources that the page's Rust blocks come from.
const SOURCES: [&str; 4] = [
    include_str!("../../examples/readme.rs"),
    include_str!("../../examples/sdk_client.rs"),
    include_str!("../../examples/stream.rs"),
    include_str!("../../examples/transfer.rs"),
];

/// Examples whose output the page's text blocks come from.
const PROGRAMS: [&str; 2] = ["readme", "ledger"];

/// Returns the contents of the page's code blocks of one language.
fn blocks(language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        if let Some(tag) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if tag == language {
                blocks.push(block.join("\n"));
            }
        }
    }
    blocks
}

/// Removes the indentation of every line, so that a part of a function matches at any depth.
fn unindented(text: &str) -> String {
    text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_rust_block_is_part_of_an_example() {
    let sources: Vec<String> = SOURCES.iter().map(|source| unindented(source)).collect();
    let blocks = blocks("rust");
    assert!(blocks.len() >= 4, "the page shows a model, its querysets, a stream, a test and a plan");
    for block in blocks {
        let block_lines = unindented(&block);
        assert!(sources.iter().any(|source| source.contains(&block_lines)), "no example contains:\n{block}");
    }
}

#[test]
fn every_text_block_is_printed_by_an_example() {
    let outputs = PROGRAMS.map(|name| {
        let output = example(name).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    });
    let blocks = blocks("text");
    assert!(!blocks.is_empty(), "the page shows a plan");
    for block in blocks {
        assert!(outputs.iter().any(|output| output.contains(&block)), "no example prints:\n{block}");
    }
}

#[test]
fn no_line_is_hidden_or_indented_as_code() {
    let hidden = README.lines().find(|line| line.starts_with("# ") && *line != "# djamodb");
    assert_eq!(hidden, None);
}
