//! Key attributes that are composed of several fields, such as `ORDER#2015-01-02#00000007`.

mod part;

pub use part::{PartForm, TemplatePart};

use super::{CodecError, CodecErrorKind};
use crate::value::{AttributeValue, Item, Name};

/// The largest character. No part begins with it, so that a prefix followed by it is greater than all texts with the prefix.
const LARGEST: char = char::MAX;

/// A key attribute whose text is composed of literal text and of fields, such as `ORDER#{placed_at}#{number:08}`.
///
/// The fields, called parts, are attributes of their own, too. The text is composed when an item is written, so that it always fits them.
///
/// Two items with different parts never have the same text: a text is split into its parts from the left, at the literal text that follows
/// each part, and a part that would be split elsewhere is refused.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyTemplate {
    name: Name,
    pieces: Vec<TemplatePiece>,
}

/// A piece of a [`KeyTemplate`].
#[derive(Clone, PartialEq, Debug)]
pub enum TemplatePiece {
    /// Text that is the same in all items.
    Literal(&'static str),
    /// The text of a field.
    Part(TemplatePart),
}

/// The beginning of the texts whose leading parts have known values.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct TemplatePrefix {
    /// The text up to the first part that is not known.
    pub(crate) text: String,
    /// Number of pieces that it consists of.
    pieces: usize,
}

impl KeyTemplate {
    // Hidden because generated code builds templates, of which it has checked that each part ends somewhere.
    #[doc(hidden)]
    pub fn new(name: Name, pieces: Vec<TemplatePiece>) -> Self {
        Self { name, pieces }
    }

    /// Returns the name of the key attribute.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Returns the parts in their order.
    pub fn parts(&self) -> impl Iterator<Item = &TemplatePart> {
        self.pieces.iter().filter_map(|piece| match piece {
            TemplatePiece::Part(part) => Some(part),
            TemplatePiece::Literal(_) => None,
        })
    }

    /// Returns `true` if the attribute is one of the parts.
    pub(crate) fn has_part(&self, attribute: &str) -> bool {
        self.parts().any(|part| part.attribute().as_str() == attribute)
    }

    /// Returns the text before the first part, with which all texts begin.
    pub(crate) fn leading_literal(&self) -> &'static str {
        match self.pieces.first() {
            Some(TemplatePiece::Literal(text)) => text,
            _ => "",
        }
    }

    /// Returns the text for an item, or `None` if it lacks a part.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the part whose text would be ambiguous or has no place.
    pub(crate) fn text(&self, item: &Item) -> Result<Option<String>, CodecError> {
        let mut prefix = self.start();
        while let Some(part) = self.next_part(&prefix) {
            let Some(value) = item.get(part.attribute()) else { return Ok(None) };
            prefix = self.extend(&prefix, value)?;
        }
        Ok(Some(prefix.text))
    }

    /// Returns the values of the parts of a stored text, by their attributes.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if the text is not composed by this template.
    pub(crate) fn split(&self, text: &str) -> Result<Vec<(Name, AttributeValue)>, CodecError> {
        let mut rest = text;
        let mut values = Vec::new();
        for (position, piece) in self.pieces.iter().enumerate() {
            match piece {
                TemplatePiece::Literal(literal) => {
                    rest = rest.strip_prefix(literal).ok_or_else(|| self.mismatch(text))?;
                }
                TemplatePiece::Part(part) => {
                    let end = match (part.bytes(), self.separator(position)) {
                        (Some(bytes), _) => Some(bytes).filter(|bytes| rest.is_char_boundary(*bytes)),
                        (None, Some(separator)) => rest.find(separator),
                        (None, None) => Some(rest.len()),
                    };
                    let (part_text, after) = rest.split_at(end.ok_or_else(|| self.mismatch(text))?);
                    let value = part.decode(part_text, self.separator(position));
                    values.push((part.attribute().clone(), value.map_err(|error| error.at(&self.name))?));
                    rest = after;
                }
            }
        }
        if rest.is_empty() { Ok(values) } else { Err(self.mismatch(text)) }
    }

    fn mismatch(&self, text: &str) -> CodecError {
        let reason = format!("the key is composed as {self}");
        CodecError::invalid(text, "a key of the model", reason).at(&self.name)
    }

    /// Returns the prefix of no known part.
    pub(crate) fn start(&self) -> TemplatePrefix {
        self.with_literals(TemplatePrefix::default())
    }

    /// Returns the part that follows a prefix, or `None` if the prefix is the whole text.
    pub(crate) fn next_part(&self, prefix: &TemplatePrefix) -> Option<&TemplatePart> {
        match self.pieces.get(prefix.pieces) {
            Some(TemplatePiece::Part(part)) => Some(part),
            _ => None,
        }
    }

    /// Returns the prefix extended by the part that follows it.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the part if no text has this value.
    pub(crate) fn extend(&self, prefix: &TemplatePrefix, value: &AttributeValue) -> Result<TemplatePrefix, CodecError> {
        let Some(part) = self.next_part(prefix) else { return Ok(prefix.clone()) };
        let text = self.part_text(prefix, value).map_err(|error| error.at(part.attribute()))?;
        let text = format!("{}{text}", prefix.text);
        Ok(self.with_literals(TemplatePrefix { text, pieces: prefix.pieces + 1 }))
    }

    /// Returns the text of a value of the part that follows a prefix.
    fn part_text(&self, prefix: &TemplatePrefix, value: &AttributeValue) -> Result<String, CodecError> {
        let Some(part) = self.next_part(prefix) else { return Ok(String::new()) };
        let separator = self.separator(prefix.pieces);
        let text = part.encode(value, separator)?;
        if let Some(separator) = separator.filter(|_| part.bytes().is_none()) {
            // The text is split at the first separator, which must be the one that follows.
            let ends_with_part = format!("{text}{separator}").find(separator) == Some(text.len());
            if !ends_with_part {
                return Err(CodecError::new(CodecErrorKind::AmbiguousPart { part: text, separator }));
            }
        }
        check_text_bytes(&text, part.bytes())?;
        if text.starts_with(LARGEST) {
            return Err(CodecError::invalid(&text, "a part of a key", "it begins with the character U+10FFFF"));
        }
        Ok(text)
    }

    /// Returns the literal text that follows a piece.
    fn separator(&self, position: usize) -> Option<&'static str> {
        match self.pieces.get(position + 1) {
            Some(TemplatePiece::Literal(text)) => Some(text),
            _ => None,
        }
    }

    fn with_literals(&self, mut prefix: TemplatePrefix) -> TemplatePrefix {
        while let Some(TemplatePiece::Literal(text)) = self.pieces.get(prefix.pieces) {
            prefix.text.push_str(text);
            prefix.pieces += 1;
        }
        prefix
    }

    /// Returns `true` if a part other than the last follows a prefix, or literal text follows the last one.
    fn is_followed(&self, prefix: &TemplatePrefix) -> bool {
        prefix.pieces + 1 < self.pieces.len()
    }

    /// Returns the least text of the values of the next part that are at least `value`, or greater than it unless `inclusive`.
    ///
    /// `exact` in the result is `true` if no other text is that large. Returns `None` if the texts are not ordered as the values are.
    pub(crate) fn low(
        &self,
        prefix: &TemplatePrefix,
        value: &AttributeValue,
        inclusive: bool,
    ) -> Option<TemplateBound> {
        let (part, text) = self.bound(prefix, value)?;
        if !self.is_followed(prefix) {
            return Some(TemplateBound { text, inclusive, exact: true });
        }
        let has_fixed_bytes = part.bytes().is_some();
        if !inclusive && has_fixed_bytes {
            let separator = self.separator(prefix.pieces).unwrap_or_default();
            return Some(TemplateBound { text: format!("{text}{separator}{LARGEST}"), inclusive: true, exact: true });
        }
        Some(TemplateBound { text, inclusive, exact: has_fixed_bytes })
    }

    /// Returns the greatest text of the values of the next part that are at most `value`, or less than it unless `inclusive`. Returns `None`
    /// if the texts are not ordered as the values are.
    pub(crate) fn high(
        &self,
        prefix: &TemplatePrefix,
        value: &AttributeValue,
        inclusive: bool,
    ) -> Option<TemplateBound> {
        let (part, text) = self.bound(prefix, value)?;
        if !self.is_followed(prefix) {
            return Some(TemplateBound { text, inclusive, exact: true });
        }
        part.bytes()?;
        let separator = self.separator(prefix.pieces).unwrap_or_default();
        // No text ends with this part, so that an excluded value needs no strict bound.
        let text = if inclusive { format!("{text}{separator}{LARGEST}") } else { text };
        Some(TemplateBound { text, inclusive: true, exact: true })
    }

    /// Returns the next part, if its texts are ordered as its values are, and the text up to the end of a value of it.
    fn bound(&self, prefix: &TemplatePrefix, value: &AttributeValue) -> Option<(&TemplatePart, String)> {
        let part = self.next_part(prefix).filter(|part| part.is_ordered())?;
        Some((part, format!("{}{}", prefix.text, self.part_text(prefix, value).ok()?)))
    }

    /// Returns the bound above all texts with the prefix.
    pub(crate) fn end(prefix: &TemplatePrefix) -> String {
        format!("{}{LARGEST}", prefix.text)
    }

    /// Returns the beginning of the texts whose next part begins with `start`, and `true` if no other text begins with it.
    pub(crate) fn starting_with(&self, prefix: &TemplatePrefix, start: &AttributeValue) -> Option<(String, bool)> {
        let part = self.next_part(prefix)?;
        let AttributeValue::S(start) = start else { return None };
        let separator = self.separator(prefix.pieces);
        let start = part.encode_start(start, separator)?;
        let first = separator.and_then(|separator| separator.chars().next());
        let exact = !self.is_followed(prefix) || first.is_some_and(|first| !start.contains(first));
        Some((format!("{}{start}", prefix.text), exact))
    }
}

/// Returns an error if the text of a value does not have the number of bytes that [`KeyType::TEXT_BYTES`] of its type says.
///
/// [`KeyType::TEXT_BYTES`]: super::KeyType::TEXT_BYTES
pub(super) fn check_text_bytes(text: &str, bytes: Option<usize>) -> Result<(), CodecError> {
    let Some(bytes) = bytes.filter(|bytes| *bytes != text.len()) else { return Ok(()) };
    let reason = format!("KeyType::TEXT_BYTES of its type says that it has {bytes} bytes; correct that constant");
    Err(CodecError::invalid(text, "the text of a key", reason))
}

/// A bound of the texts of a template.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TemplateBound {
    pub(crate) text: String,
    pub(crate) inclusive: bool,
    /// `true` if exactly the items within the bound satisfy the lookup.
    pub(crate) exact: bool,
}

/// Writes the template as it is declared, such as `ORDER#{placed_at}#{number:08}`.
impl std::fmt::Display for KeyTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            TemplatePiece::Literal(text) => f.write_str(text),
            TemplatePiece::Part(part) => part.fmt(f),
        })
    }
}

#[cfg(test)]
mod tests;
