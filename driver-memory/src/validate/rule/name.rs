//! Rules for names of tables and indexes: 3 to 255 letters, digits, `_`, `-` and `.`.

use djamodb_core::service::limits::{TABLE_NAME_CHARACTERS_MAX, TABLE_NAME_CHARACTERS_MIN};
use djamodb_core::value::Name;

use crate::error::ValidationError;

/// Checks the `TableName` of a request.
pub(crate) fn table(name: &Name) -> Result<(), ValidationError> {
    check(name, || "tableName".into())
}

/// Checks a name. `field` returns its path in the request, for the message.
pub(crate) fn check(name: &Name, field: impl FnOnce() -> String) -> Result<(), ValidationError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let value = || name.to_string();
    if name.len() < TABLE_NAME_CHARACTERS_MIN {
        Err(ValidationError::TooShort { field: field(), value: value(), least: TABLE_NAME_CHARACTERS_MIN })
    } else if name.len() > TABLE_NAME_CHARACTERS_MAX {
        Err(ValidationError::TooLong { field: field(), value: value(), most: TABLE_NAME_CHARACTERS_MAX })
    } else if !name.bytes().all(allowed) {
        Err(ValidationError::Pattern { field: field(), value: value() })
    } else {
        Ok(())
    }
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
}
