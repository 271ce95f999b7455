//! Rules for tags: their number, length and characters.

use std::collections::BTreeSet;

use djamodb_core::schema::Tag;
use djamodb_core::service::limits::TAGS_MAX;

use crate::error::ValidationError;

const KEY_CHARACTERS_MAX: usize = 128;
const VALUE_CHARACTERS_MAX: usize = 256;

/// Checks the ARN of the tagged resource.
pub(crate) fn resource(arn: &str) -> Result<(), ValidationError> {
    if arn.starts_with("arn:") { Ok(()) } else { Err(ValidationError::ResourceArn(arn.to_owned())) }
}

/// Checks the tags of one request, which must have different keys.
pub(crate) fn tags(tags: &[Tag]) -> Result<(), ValidationError> {
    let mut seen = BTreeSet::new();
    for tag in tags {
        key(&tag.key)?;
        if tag.value.chars().count() > VALUE_CHARACTERS_MAX || !tag.value.chars().all(is_allowed) {
            return Err(ValidationError::TagValue(tag.value.clone()));
        }
        if !seen.insert(&tag.key) {
            return Err(ValidationError::TagTwice(tag.key.clone()));
        }
    }
    if tags.len() > TAGS_MAX { Err(ValidationError::TooManyTags) } else { Ok(()) }
}

/// Checks the key of a tag.
pub(crate) fn key(key: &str) -> Result<(), ValidationError> {
    let is_valid = (1..=KEY_CHARACTERS_MAX).contains(&key.chars().count()) && key.chars().all(is_allowed);
    if !is_valid {
        Err(ValidationError::TagKey(key.to_owned()))
    } else if key.starts_with("aws:") {
        Err(ValidationError::TagKeyOfAws(key.to_owned()))
    } else {
        Ok(())
    }
}

/// Returns `true` for letters and digits of any script, white space and `+-=._:/@`.
fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || character.is_whitespace() || "+-=._:/@".contains(character)
}
