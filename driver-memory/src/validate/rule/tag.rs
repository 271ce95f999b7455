//! Tags: how many, how long, of which characters.

use std::collections::BTreeSet;

use djamodb_core::schema::Tag;

use crate::error::Invalid;

/// The most tags of a table.
pub(crate) const TAGS_MAX: usize = 50;
const KEY_CHARACTERS_MAX: usize = 128;
const VALUE_CHARACTERS_MAX: usize = 256;

/// The ARN of what is tagged.
pub(crate) fn resource(arn: &str) -> Result<(), Invalid> {
    if arn.starts_with("arn:") { Ok(()) } else { Err(Invalid::ResourceArn(arn.to_owned())) }
}

/// The tags of one request: each name once.
pub(crate) fn several(tags: &[Tag]) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    for tag in tags {
        key(&tag.key)?;
        if tag.value.chars().count() > VALUE_CHARACTERS_MAX || !tag.value.chars().all(is_allowed) {
            return Err(Invalid::TagValue(tag.value.clone()));
        }
        if !seen.insert(&tag.key) {
            return Err(Invalid::TagTwice(tag.key.clone()));
        }
    }
    if tags.len() > TAGS_MAX { Err(Invalid::TooManyTags) } else { Ok(()) }
}

/// The name of a tag.
pub(crate) fn key(key: &str) -> Result<(), Invalid> {
    let is_valid = (1..=KEY_CHARACTERS_MAX).contains(&key.chars().count()) && key.chars().all(is_allowed);
    if !is_valid {
        Err(Invalid::TagKey(key.to_owned()))
    } else if key.starts_with("aws:") {
        Err(Invalid::TagKeyOfAws(key.to_owned()))
    } else {
        Ok(())
    }
}

/// Letters and digits of any script, blanks, and these.
fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || character.is_whitespace() || "+-=._:/@".contains(character)
}
