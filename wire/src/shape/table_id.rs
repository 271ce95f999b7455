//! Identifiers of tables.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chrono::{DateTime, Utc};

/// Returns an identifier in the form of a UUID for a table, which the service gives every table anew.
pub(crate) fn of(arn: &str, created_at: Option<DateTime<Utc>>) -> String {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (arn, created_at, salt).hash(&mut hasher);
        hasher.finish()
    };
    let (high, low) = (half(0), half(1));
    let version = high & 0xffff_ffff_ffff_0fff | 0x4000;
    let variant = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        version >> 32,
        version >> 16 & 0xffff,
        version & 0xffff,
        variant >> 48,
        variant & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_has_an_identifier_of_version_4() {
        let id = of("arn:aws:dynamodb:eu-west-1:1:table/weather", None);
        assert_eq!(id.len(), 36);
        assert_eq!((&id[14..15], &id[8..9], &id[23..24]), ("4", "-", "-"));
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_ne!(id, of("arn:aws:dynamodb:eu-west-1:1:table/weather", DateTime::from_timestamp_millis(1)));
    }
}
