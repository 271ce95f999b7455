//! Values of enums: the name of a variant together with its content.
//!
//! The derive `AttributeType` generates calls of these functions, one for each place that the name can have in the stored value.

use super::codegen::no_text_form;
use super::{CodecError, CodecErrorKind, FieldInfo, Structure, TypeInfo};
use crate::value::{AttributeValue, Map, Name, ValueType};

/// Name of a variant and its stored content, if there is one.
pub type StoredVariant<'a> = (&'a str, Option<&'a AttributeValue>);

/// Returns the variant of an enum of which no variant has data. It is stored as text, the name.
pub fn text<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<StoredVariant<'a>, CodecError> {
    match value {
        AttributeValue::S(name) => Ok((name, None)),
        value => Err(CodecError::wrong_type(expected, value.value_type())),
    }
}

/// Returns the variant of an enum whose variants are stored as text, the name, or as a map from the name to the content.
pub fn external<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<StoredVariant<'a>, CodecError> {
    let AttributeValue::M(map) = value else { return text(value, expected) };
    let mut entries = map.iter();
    match (entries.next(), entries.len()) {
        (Some((name, content)), 0) => Ok((name, Some(content))),
        _ => Err(CodecError::new(CodecErrorKind::VariantEntries { expected, found: map.len() })),
    }
}

/// Returns the variant of an enum whose variants are stored as maps, with the name at `tag` among the entries of the content.
pub fn internal<'a>(
    value: &'a AttributeValue,
    tag: &str,
    expected: &'static str,
) -> Result<StoredVariant<'a>, CodecError> {
    Ok((tag_of(value, tag, expected)?.1, Some(value)))
}

/// Returns the variant of an enum whose variants are stored as maps, with the name at `tag` and the content at `content`.
pub fn adjacent<'a>(
    value: &'a AttributeValue,
    tag: &str,
    content: &str,
    expected: &'static str,
) -> Result<StoredVariant<'a>, CodecError> {
    let (map, name) = tag_of(value, tag, expected)?;
    Ok((name, map.get(content)))
}

fn tag_of<'a>(value: &'a AttributeValue, tag: &str, expected: &'static str) -> Result<(&'a Map, &'a str), CodecError> {
    let map = value.as_m().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))?;
    match map.get(tag) {
        Some(AttributeValue::S(name)) => Ok((map, name)),
        Some(other) => Err(CodecError::wrong_type("the name of a variant", other.value_type()).at(tag)),
        None => Err(CodecError::new(CodecErrorKind::TagMissing { expected }).at(tag)),
    }
}

/// Returns the map from the name of a variant to its content.
pub fn entry(name: &'static str, content: AttributeValue) -> AttributeValue {
    AttributeValue::m([(Name::from_static(name), content)])
}

/// Returns the map with the name of a variant at `tag` and its content at another entry.
pub fn beside(
    tag: &'static str,
    name: &'static str,
    content: Option<(&'static str, AttributeValue)>,
) -> AttributeValue {
    let content = content.map(|(entry, content)| (Name::from_static(entry), content));
    AttributeValue::m(std::iter::once((Name::from_static(tag), AttributeValue::s(name))).chain(content))
}

/// Adds the name of a variant at `tag` to the entries of its content.
pub fn inside(tag: &'static str, name: &'static str, mut map: Map) -> Result<AttributeValue, CodecError> {
    match map.insert(Name::from_static(tag), AttributeValue::s(name)) {
        None => Ok(AttributeValue::M(map)),
        Some(_) => Err(CodecError::new(CodecErrorKind::TagInContent { variant: name }).at(tag)),
    }
}

/// Encodes the content of a variant, whose entries `push` adds, together with its name at `tag`.
pub fn encode_inside(
    push: impl FnOnce(&mut Vec<(Name, AttributeValue)>) -> Result<(), CodecError>,
    tag: &'static str,
    name: &'static str,
) -> Result<AttributeValue, CodecError> {
    let mut entries = Vec::new();
    push(&mut entries)?;
    inside(tag, name, entries.into_iter().collect())
}

/// Parses the name of a variant.
pub fn parse_name(text: &str, expected: &'static str, names: &[&str]) -> Result<AttributeValue, CodecError> {
    if names.contains(&text) {
        return Ok(AttributeValue::s(text));
    }
    Err(CodecError::invalid(text, expected, one_of(names)))
}

fn one_of(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("expected one of {}", names.join(", "))
}

/// Returns the descriptions of the entries of a map with fields.
pub(super) fn fields(info: TypeInfo) -> Vec<FieldInfo> {
    match info.structure {
        Structure::Document(fields) => fields(),
        _ => Vec::new(),
    }
}

/// Returns the description of the content of a variant with named fields.
pub fn document_info(name: &'static str, fields: fn() -> Vec<FieldInfo>) -> TypeInfo {
    content_info(name, ValueType::M, Structure::Document(fields))
}

/// Returns the description of the content of a variant with several values.
pub fn tuple_info(name: &'static str, elements: fn() -> Vec<TypeInfo>) -> TypeInfo {
    content_info(name, ValueType::L, Structure::Tuple(elements))
}

fn content_info(name: &'static str, value_type: ValueType, structure: Structure) -> TypeInfo {
    TypeInfo {
        name,
        value_type,
        // No constant denotes the content as a whole, and it has no text form.
        parse: |_| no_text_form("the content of a variant"),
        comparable: false,
        ordered: false,
        starts_with: false,
        structure,
    }
}

/// Returns the error of a variant that the enum does not have, or has in another form.
pub fn unknown(
    (name, content): StoredVariant<'_>,
    expected: &'static str,
    with_content: &[&'static str],
    without_content: &[&'static str],
) -> CodecError {
    let reason = if content.is_some() && without_content.contains(&name) {
        "the variant is stored without content".to_owned()
    } else if content.is_none() && with_content.contains(&name) {
        "the variant is stored with its content".to_owned()
    } else {
        one_of(&[without_content, with_content].concat())
    };
    CodecError::invalid(name, expected, reason)
}

/// Returns the error of a fallback variant that holds the value of a known one.
pub fn known_in_fallback(fallback: &'static str, name: &str) -> CodecError {
    CodecError::new(CodecErrorKind::KnownInFallback { fallback, name: name.to_owned() })
}
