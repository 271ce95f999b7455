//! What differs between two listings.

use std::collections::BTreeMap;
use std::fmt;

/// Lines that came, went or changed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference {
    removed: Vec<String>,
    changed: Vec<(String, String)>,
    added: Vec<String>,
}

impl Difference {
    /// Compares lines, whatever their order. An item that went and one of the same name that came are one that changed.
    pub(super) fn between(old: &[String], new: &[String]) -> Self {
        let mut difference = Self { added: without(new, old), ..Self::default() };
        for line in without(old, new) {
            let same_name = difference.added.iter().position(|added| name(added) == name(&line));
            match same_name {
                Some(at) => {
                    let new = difference.added.remove(at);
                    difference.changed.push((line, new));
                }
                None => difference.removed.push(line),
            }
        }
        difference
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.removed {
            writeln!(f, "  removed  {line}")?;
        }
        for (old, new) in &self.changed {
            writeln!(f, "  changed  {old}\n       to  {new}")?;
        }
        for line in &self.added {
            writeln!(f, "  added    {line}")?;
        }
        Ok(())
    }
}

/// The lines of one that another lacks, in their order; a line may stand several times.
fn without(lines: &[String], others: &[String]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in others {
        *left.entry(line).or_default() += 1;
    }
    let mut missing = Vec::new();
    for line in lines {
        match left.get_mut(line.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => missing.push(line.clone()),
        }
    }
    missing
}

/// What a line tells of, without generics and without what follows the name: `fn a::B::c` of
/// `pub async fn a::B<T>::c(&self) -> T`. The whole line of an `impl`.
fn name(line: &str) -> String {
    if line.starts_with("impl") {
        return line.to_owned();
    }
    let (mut name, mut depth) = (String::new(), 0_u32);
    for (at, character) in line.char_indices() {
        match character {
            '<' => depth += 1,
            '>' if !line[..at].ends_with('-') => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '(' | '=' => break,
            ':' if line[at..].starts_with(": ") => break,
            _ => name.push(character),
        }
    }
    let words = name.split_whitespace().filter(|word| !["pub", "async", "const", "unsafe"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(old: &[&str], new: &[&str]) -> String {
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        Difference::between(&owned(old), &owned(new)).to_string()
    }

    #[test]
    fn what_came_went_and_changed_would_not_be_told_apart() {
        let old = ["pub mod a", "pub fn a::B<T>::c(&self) -> T", "pub a::B::d: u8", "impl<T> Clone for a::B<T>"];
        let new = ["pub async fn a::B<T, U>::c(&self) -> U", "pub mod a", "pub a::B::d: u16", "impl Clone for a::B"];
        let expected = "  removed  impl<T> Clone for a::B<T>\n\
                        \x20 changed  pub fn a::B<T>::c(&self) -> T\n\
                        \x20      to  pub async fn a::B<T, U>::c(&self) -> U\n\
                        \x20 changed  pub a::B::d: u8\n\
                        \x20      to  pub a::B::d: u16\n\
                        \x20 added    impl Clone for a::B\n";
        assert_eq!(between(&old, &new), expected);
    }

    #[test]
    fn an_item_would_be_taken_for_another() {
        assert_eq!(
            between(&["pub fn a::b()"], &["pub fn a::c()"]),
            "  removed  pub fn a::b()\n  added    pub fn a::c()\n"
        );
        assert_eq!(name("pub const a::B::C: u32"), "a::B::C");
        assert_eq!(name("pub type a::B = Vec<u8>"), "type a::B");
        assert_eq!(name("pub fn a::each<F: Fn(u8) -> u8>(f: F)"), "fn a::each");
    }

    #[test]
    fn order_would_matter_and_repetition_would_not() {
        assert_eq!(between(&["pub mod a", "pub mod b"], &["pub mod b", "pub mod a"]), "");
        assert_eq!(between(&["pub mod a"], &["pub mod a", "pub mod a"]), "  added    pub mod a\n");
    }
}
