//! Edits of the parts of composed keys of indexes.

use super::{InvalidEdit, KeyTemplate, ModelSchema};
use crate::expression::{Path, SetValue, Update, UpdateOperand};
use crate::value::{AttributeValue, Item};

/// Adds the edits of the keys whose parts are edited.
///
/// # Errors
///
/// Returns [`InvalidEdit::KeyPart`] if the update does not give all parts of a key a value, and [`InvalidEdit::Composed`] if it edits a key
/// itself or the discriminator.
pub(super) fn add(update: &mut Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    if schema.templates.is_empty() && schema.discriminator.is_none() {
        return Ok(());
    }
    let is_set_by_model = |path: &&Path| {
        let is_discriminator = schema.discriminator.as_ref().is_some_and(|found| found.attribute == path.name);
        is_discriminator || schema.template(&path.name).is_some()
    };
    if let Some(path) = update.targets().find(is_set_by_model) {
        return Err(InvalidEdit::Composed { attribute: path.name.clone() });
    }
    let mut composed = Vec::new();
    for template in &schema.templates {
        let edited = update.targets().find(|path| template.has_part(&path.name));
        if let Some(edited) = edited.cloned() {
            composed.push((Path::new(template.name()), text(update, template, &edited)?));
        }
    }
    for (path, text) in composed {
        match text {
            Some(text) => update.set.push((path, SetValue::Operand(UpdateOperand::Value(text)))),
            None => update.remove.push(path),
        }
    }
    Ok(())
}

/// Returns the text of a key after the update, or `None` if the item then lacks a part.
fn text(update: &Update, template: &KeyTemplate, edited: &Path) -> Result<Option<AttributeValue>, InvalidEdit> {
    if template.parts().any(|part| update.remove.iter().any(|path| path.as_attribute() == Some(part.attribute()))) {
        return Ok(None);
    }
    let mut parts = Item::new();
    for part in template.parts() {
        let value = update.set.iter().find_map(|(path, value)| match value {
            SetValue::Operand(UpdateOperand::Value(value)) if path.as_attribute() == Some(part.attribute()) => {
                Some(value)
            }
            _ => None,
        });
        let Some(value) = value else {
            return Err(InvalidEdit::KeyPart {
                attribute: edited.name.clone(),
                key: template.name().clone(),
                template: template.to_string(),
            });
        };
        parts.insert(part.attribute().clone(), value.clone());
    }
    Ok(template.text(&parts)?.map(AttributeValue::S))
}
