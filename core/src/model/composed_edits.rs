//! Edits of the parts of composed keys of indexes.

use super::{InvalidEdit, KeyTemplate, ModelSchema, TemplatePart};
use crate::expression::{Path, SetValue, Update, UpdateOperand};
use crate::value::{AttributeValue, Item};

/// Adds the edits of the keys whose parts are edited.
///
/// # Errors
///
/// Returns [`InvalidEdit::KeyPart`] if the update does not give all parts of a key a value, and [`InvalidEdit::Composed`] if it edits a key
/// itself or the discriminator.
pub(super) fn add(update: &mut Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    check_targets(update, schema)?;
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

/// Refuses edits of composed keys and of the discriminator.
pub(super) fn check_targets(update: &Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    let is_set_by_model = |path: &&Path| {
        let is_discriminator = schema.discriminator.as_ref().is_some_and(|found| found.attribute == path.name);
        is_discriminator || schema.template(&path.name).is_some()
    };
    match update.targets().find(is_set_by_model) {
        Some(path) => Err(InvalidEdit::Composed { attribute: path.name.clone() }),
        None => Ok(()),
    }
}

impl ModelSchema {
    /// Adds to an update that writes attributes of `item` the composed keys of indexes of which it writes a part, and the other parts of
    /// these keys. All parts are written, because another writer may have changed them since the value was read, and the key would then
    /// belong to none of the stored items.
    pub(crate) fn complete_index_keys(&self, update: &mut Update, item: &Item) {
        for template in self.templates.iter().filter(|template| !self.table.key.contains(template.name())) {
            if !update.targets().any(|path| template.has_part(&path.name)) {
                continue;
            }
            let parts = template.parts().map(TemplatePart::attribute).filter(|name| !self.is_key_part(name));
            for name in parts.chain([template.name()]) {
                if update.targets().any(|path| path.name == *name) {
                    continue;
                }
                match item.get(name) {
                    Some(value) => update.set.push((Path::new(name), value.clone().into())),
                    None => update.remove.push(Path::new(name)),
                }
            }
        }
    }
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
