//! The constraints that a request's members must satisfy by themselves. The service checks all of them before any other rule, and
//! reports every violation.

use std::ops::RangeInclusive;

use djamodb_core::service::limits::{TABLE_NAME_CHARACTERS_MAX, TABLE_NAME_CHARACTERS_MIN, TRANSACTION_ITEMS_MAX};
use djamodb_core::value::Name;

use crate::error::{Constraint, ValidationError, Violation, Violations};

/// Checks the `TableName` of a request that has no other constraints.
pub(crate) fn table(name: &Name) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(name, || "tableName".into());
    constraints.check()
}

/// The violations of a request that have been found.
#[derive(Default)]
pub(crate) struct Constraints(Vec<Violation>);

impl Constraints {
    /// Returns the error of all violations.
    pub(crate) fn check(self) -> Result<(), ValidationError> {
        if self.0.is_empty() { Ok(()) } else { Err(Violations(self.0).into()) }
    }

    /// Checks the name of a table: 3 to 255 letters, digits, `_`, `-` and `.`. `member` returns its path in the request.
    ///
    /// The member also takes ARNs, so that its shortest length is 1 in the service's model. An empty name has no other violation.
    pub(crate) fn table(&mut self, name: &Name, member: impl Fn() -> String) {
        if name.is_empty() {
            self.add(member(), Some(""), Constraint::LengthMin(1));
        } else {
            self.name(name, member);
        }
    }

    /// Checks a name: 3 to 255 letters, digits, `_`, `-` and `.`.
    pub(crate) fn name(&mut self, name: &str, member: impl Fn() -> String) {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        if !name.bytes().all(allowed) || name.is_empty() {
            self.add(member(), Some(name), Constraint::NamePattern);
        }
        self.length(name, TABLE_NAME_CHARACTERS_MIN..=TABLE_NAME_CHARACTERS_MAX, member);
    }

    /// Checks the length of a text in characters.
    pub(crate) fn length(&mut self, text: &str, lengths: RangeInclusive<usize>, member: impl Fn() -> String) {
        self.count(text.chars().count(), lengths, Some(text), member);
    }

    /// Checks the number of elements of a list. `shown` is the list, if the service prints it.
    pub(crate) fn count(
        &mut self,
        count: usize,
        counts: RangeInclusive<usize>,
        shown: Option<&str>,
        member: impl Fn() -> String,
    ) {
        if count < *counts.start() {
            self.add(member(), shown, Constraint::LengthMin(*counts.start()));
        } else if count > *counts.end() {
            self.add(member(), shown, Constraint::LengthMax(*counts.end()));
        }
    }

    /// Checks the lengths of the elements of a list, in characters.
    pub(crate) fn elements(&mut self, texts: &[Name], lengths: RangeInclusive<usize>, member: impl Fn() -> String) {
        if texts.iter().any(|text| !lengths.contains(&text.chars().count())) {
            let (least, most) = (*lengths.start(), *lengths.end());
            self.add(member(), Some(&list_text(texts)), Constraint::ElementLengths { least, most });
        }
    }

    /// Checks a number.
    pub(crate) fn value(&mut self, value: u64, values: RangeInclusive<u64>, member: impl Fn() -> String) {
        let shown = || Some(value.to_string());
        if value < *values.start() {
            self.add(member(), shown().as_deref(), Constraint::ValueMin(*values.start()));
        } else if value > *values.end() {
            self.add(member(), shown().as_deref(), Constraint::ValueMax(*values.end()));
        }
    }

    /// Checks the `Limit` of a query or a scan, at least 1.
    pub(crate) fn limit(&mut self, limit: Option<u32>) {
        if limit == Some(0) {
            self.add("Limit".into(), None, Constraint::ValueMin(1));
        }
    }

    /// Checks the keys of the `RequestItems` of a batch, which are names of tables.
    pub(crate) fn request_items<'a>(&mut self, tables: impl IntoIterator<Item = &'a Name>) {
        let is_name = |table: &Name| {
            let mut of_name = Self::default();
            of_name.name(table, String::new);
            of_name.0.is_empty()
        };
        if !tables.into_iter().all(is_name) {
            self.add("requestItems".into(), None, Constraint::TableNames);
        }
    }

    /// Checks the number of actions of a transaction, 1 to 100.
    pub(crate) fn transact_items(&mut self, count: usize) {
        let shown = (count == 0).then_some("[]");
        self.count(count, 1..=TRANSACTION_ITEMS_MAX, shown, || "transactItems".into());
    }

    fn add(&mut self, member: String, value: Option<&str>, constraint: Constraint) {
        self.0.push(Violation { member, value: value.map(str::to_owned), constraint });
    }
}

/// Returns a list in the form in which the service prints it.
pub(crate) fn list_text(texts: &[Name]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns the message of the constraints that `check` adds, or `satisfied`.
#[cfg(test)]
pub(crate) fn message(check: impl FnOnce(&mut Constraints)) -> String {
    let mut constraints = Constraints::default();
    check(&mut constraints);
    constraints.check().map_or_else(|invalid| invalid.to_string(), |()| "satisfied".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_3_to_255_allowed_characters() {
        for name in ["abc", "A-z_0.9", &"a".repeat(255)] {
            assert_eq!(table(&name.into()), Ok(()), "{name}");
        }
        for (name, reason) in [
            ("", "length greater than or equal to 1"),
            ("ab", "length greater than or equal to 3"),
            (&"a".repeat(256), "length less than or equal to 255"),
            ("a b", "pattern: [a-zA-Z0-9_.-]+"),
            ("täble", "pattern"),
        ] {
            let message = table(&name.into()).unwrap_err().to_string();
            assert!(message.starts_with("1 validation error detected: Value '"), "{message}");
            assert!(message.contains(reason), "{message}");
        }
    }

    #[test]
    fn all_violations_of_a_request_are_reported() {
        let found = message(|constraints| {
            constraints.name("a!", || "indexName".into());
            constraints.limit(Some(0));
            constraints.value(1_000_001, 1..=1_000_000, || "totalSegments".into());
            constraints.count(101, 1..=100, None, || "transactItems".into());
        });
        assert_eq!(
            found,
            "5 validation errors detected: Value 'a!' at 'indexName' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a!' at 'indexName' failed to satisfy constraint: Member \
             must have length greater than or equal to 3; Value at 'Limit' failed to satisfy constraint: Member must have \
             value greater than or equal to 1; Value '1000001' at 'totalSegments' failed to satisfy constraint: Member \
             must have value less than or equal to 1000000; Value at 'transactItems' failed to satisfy constraint: Member \
             must have length less than or equal to 100"
        );
        assert_eq!(message(|constraints| constraints.limit(Some(1))), "satisfied");
    }

    #[test]
    fn lengths_count_characters() {
        let length = |text: &str| message(|constraints| constraints.length(text, 1..=2, || "token".into()));
        assert_eq!(length("üü"), "satisfied");
        assert!(length("").ends_with("greater than or equal to 1"));
        assert!(length("üüü").ends_with("less than or equal to 2"));
        let of_two = message(|constraints| constraints.length("ü", 2..=2, || "token".into()));
        assert!(of_two.ends_with("greater than or equal to 2"), "one character of two bytes: {of_two}");
    }
}
