//! Documents: structs that are stored as maps.

use super::{AttributeType, CodecError, FieldInfo, ValidationErrors};
use crate::value::{AttributeValue, Entries, Name};

/// A struct whose fields are the entries of a map (M). Derive it with `#[derive(Document)]`.
///
/// A field with the option `flatten` has such a type. The entries of the document are then stored beside those of the struct that it is part of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a document",
    label = "its entries cannot be stored beside others",
    note = "derive `Document` for a struct whose fields are stored beside others; if a part may be missing, make its fields `Option`s, not \
            the struct"
)]
pub trait Document: AttributeType {
    /// Names of the entries.
    #[doc(hidden)]
    const NAMES: EntryNames;

    /// Returns the descriptions of the entries.
    #[doc(hidden)]
    fn fields() -> Vec<FieldInfo>;

    /// Adds the entries, encoded by `encode_exact` if `exact` is `true`.
    #[doc(hidden)]
    fn push_entries(&self, entries: &mut Vec<(Name, AttributeValue)>, exact: bool) -> Result<(), CodecError>;

    /// Decodes the document from its entries in a map that has others, too. `outside` are the names of these, as far as they are known.
    #[doc(hidden)]
    fn from_entries(entries: &mut Entries<'_>, outside: &[&str]) -> Result<Self, CodecError>;

    /// Runs the validators of one field on the encoded value of its entry, if that can be decoded.
    #[doc(hidden)]
    fn run_validators_of(name: &str, value: &AttributeValue, errors: &mut ValidationErrors<Self>);
}

/// Names of the entries of a document, those of its flattened parts included.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct EntryNames {
    pub own: &'static [&'static str],
    pub flattened: &'static [EntryNames],
    /// `true` if a field holds the rest of the entries.
    pub has_rest: bool,
}

impl EntryNames {
    /// Returns `true` if an entry has this name.
    pub fn contain(&self, name: &str) -> bool {
        self.own.contains(&name) || self.flattened.iter().any(|names| names.contain(name))
    }

    /// Returns `true` if no two entries have the same name.
    pub const fn are_distinct(&self) -> bool {
        let mut at = 0;
        while at < self.flattened.len() {
            if !self.flattened[at].are_distinct() || self.flattened[at].contain_one_of(self.own) {
                return false;
            }
            let mut earlier = 0;
            while earlier < at {
                if self.flattened[earlier].overlaps(&self.flattened[at]) {
                    return false;
                }
                earlier += 1;
            }
            at += 1;
        }
        true
    }

    /// Returns `true` if a flattened part holds the rest of the entries.
    pub const fn have_flattened_rest(&self) -> bool {
        let mut at = 0;
        while at < self.flattened.len() {
            if self.flattened[at].has_rest || self.flattened[at].have_flattened_rest() {
                return true;
            }
            at += 1;
        }
        false
    }

    const fn overlaps(&self, other: &Self) -> bool {
        if self.contain_one_of(other.own) {
            return true;
        }
        let mut at = 0;
        while at < other.flattened.len() {
            if self.overlaps(&other.flattened[at]) {
                return true;
            }
            at += 1;
        }
        false
    }

    const fn contain_one_of(&self, names: &[&str]) -> bool {
        let mut at = 0;
        while at < self.own.len() {
            let mut other = 0;
            while other < names.len() {
                if are_equal(self.own[at], names[other]) {
                    return true;
                }
                other += 1;
            }
            at += 1;
        }
        at = 0;
        while at < self.flattened.len() {
            if self.flattened[at].contain_one_of(names) {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// Compares two texts in a constant.
const fn are_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn leaf(own: &'static [&'static str]) -> EntryNames {
        EntryNames { own, flattened: &[], has_rest: false }
    }

    const C: EntryNames = leaf(&["c"]);
    const INNER: EntryNames = EntryNames { flattened: &[C], ..leaf(&["a", "b"]) };
    const B: EntryNames = leaf(&["b"]);
    const HOLDS_B: EntryNames = EntryNames { flattened: &[B], ..leaf(&["e"]) };

    #[test]
    fn equal_names_are_found_at_any_depth() {
        assert!(INNER.are_distinct() && INNER.contain("c") && !INNER.contain("d"));
        for (own, flattened, are_distinct) in [
            (&["d"] as &[&str], &[INNER] as &[EntryNames], true),
            (&["c"], &[INNER], false),
            (&["a"], &[INNER], false),
            (&["d"], &[INNER, HOLDS_B], false),
            (&["cc", ""], &[C], true),
            (&["d"], &[EntryNames { own: &["c"], ..INNER }], false),
        ] {
            let names = EntryNames { own, flattened, has_rest: false };
            assert_eq!(names.are_distinct(), are_distinct, "{names:?}");
        }
    }

    #[test]
    fn a_rest_is_found_at_any_depth() {
        const REST: EntryNames = EntryNames { has_rest: true, ..leaf(&[]) };
        const OUTER: EntryNames = EntryNames { flattened: &[REST], ..leaf(&[]) };
        const OUTERMOST: EntryNames = EntryNames { flattened: &[OUTER], ..leaf(&[]) };
        assert!(!REST.have_flattened_rest() && OUTER.have_flattened_rest() && OUTERMOST.have_flattened_rest());
    }
}
