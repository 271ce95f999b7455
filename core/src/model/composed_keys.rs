//! Keys of a model whose attributes are composed of fields, and the discriminator of a model that shares its table.

use super::{CodecError, CodecErrorKind, IndexMeta, KeyPartError, KeyTemplate, ModelSchema};
use crate::schema::KeyAttribute;
use crate::value::{AttributeValue, Item, Map, Name};

/// The attribute that says of which model an item is, in a table that several models share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Discriminator {
    /// Name of the attribute.
    pub attribute: Name,
    /// Value of the attribute in the items of the model.
    pub value: &'static str,
}

impl Discriminator {
    /// Returns the value of the attribute in the items of the model.
    pub fn attribute_value(&self) -> AttributeValue {
        AttributeValue::s(self.value)
    }
}

impl ModelSchema {
    #[doc(hidden)]
    #[must_use]
    pub fn with_templates(self, templates: Vec<KeyTemplate>) -> Self {
        Self { templates, ..self }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn with_discriminator(self, attribute: Name, value: &'static str) -> Self {
        Self { discriminator: Some(Discriminator { attribute, value }), ..self }
    }

    /// Returns the template of a key attribute, or `None` if the attribute is a field.
    pub fn template(&self, name: &str) -> Option<&KeyTemplate> {
        self.templates.iter().find(|template| template.name().as_str() == name)
    }

    /// Returns `true` if the attribute is part of the table's key: a key attribute, or a part of one.
    pub(crate) fn is_key_part(&self, name: &str) -> bool {
        self.table
            .key
            .names()
            .any(|key| key.as_str() == name || self.template(key).is_some_and(|template| template.has_part(name)))
    }

    /// Returns the attributes whose values make up these key attributes, each once: the attribute itself, or the parts of its template.
    pub(crate) fn key_parts<'a>(&self, key: impl IntoIterator<Item = &'a KeyAttribute>) -> Vec<Name> {
        let mut parts: Vec<Name> = Vec::new();
        for attribute in key {
            let mut add = |part: &Name| {
                if !parts.contains(part) {
                    parts.push(part.clone());
                }
            };
            match self.template(&attribute.name) {
                None => add(&attribute.name),
                Some(template) => template.parts().for_each(|part| add(part.attribute())),
            }
        }
        parts
    }

    /// Adds to the error of a value of a key the name of its attribute, given the key attributes.
    pub(crate) fn key_part_error<'a>(
        &self,
        key: impl IntoIterator<Item = &'a KeyAttribute>,
        KeyPartError { position, error }: KeyPartError,
    ) -> CodecError {
        match self.key_parts(key).get(position) {
            Some(name) => error.at(name),
            None => error,
        }
    }

    /// Returns the values of the hash attributes of an index, given those of their parts.
    pub(crate) fn hash_values(
        &self,
        index: &IndexMeta,
        values: Vec<AttributeValue>,
    ) -> Result<Vec<AttributeValue>, CodecError> {
        if self.templates.is_empty() {
            return Ok(values);
        }
        let parts = self.key_parts(&index.key.hash).into_iter().zip(values).collect();
        index.key.hash.iter().map(|attribute| self.key_value(&attribute.name, &parts)).collect()
    }

    /// Returns the key of the table, given the values of its parts.
    pub(crate) fn key_of_values(&self, values: Vec<AttributeValue>) -> Result<Item, CodecError> {
        let key = &self.table.key;
        if self.templates.is_empty() {
            return Ok(key.names().cloned().zip(values).collect());
        }
        self.key_of_parts(&self.key_parts(key.attributes()).into_iter().zip(values).collect())
    }

    /// Returns the key of the table, given its parts.
    #[doc(hidden)]
    pub fn key_of_parts(&self, parts: &Item) -> Result<Item, CodecError> {
        let names = self.table.key.names();
        names.map(|name| Ok((name.clone(), self.key_value(name, parts)?))).collect()
    }

    fn key_value(&self, name: &Name, parts: &Item) -> Result<AttributeValue, CodecError> {
        let value = match self.template(name) {
            None => parts.get(name).cloned(),
            Some(template) => template.text(parts)?.map(AttributeValue::S),
        };
        value.ok_or_else(|| CodecError::new(CodecErrorKind::KeyMissing).at(name))
    }

    /// Sets the composed keys of an item to those of its parts, and its discriminator. The key of an index is removed if the item lacks a part,
    /// so that the item is not in the index.
    #[doc(hidden)]
    pub fn compose(&self, item: &mut Item) -> Result<(), CodecError> {
        for template in &self.templates {
            match template.text(item)? {
                Some(text) => drop(item.insert(template.name().clone(), AttributeValue::S(text))),
                None => drop(item.remove(template.name())),
            }
        }
        if let Some(discriminator) = &self.discriminator {
            item.insert(discriminator.attribute.clone(), discriminator.attribute_value());
        }
        Ok(())
    }

    /// Checks that an item is one of the model, and has the key that its parts compose. Returns the attributes with the parts that the item
    /// lacks and its key has, as in an index that projects keys only, or `None` if it lacks none.
    #[doc(hidden)]
    pub fn check_composed(&self, item: &Map) -> Result<Option<Map>, CodecError> {
        self.check_discriminator(item)?;
        let mut filled: Option<Map> = None;
        for name in self.table.key.names() {
            let Some(template) = self.template(name) else { continue };
            let stored = item.get(name).ok_or_else(|| CodecError::new(CodecErrorKind::KeyMissing).at(name))?;
            let text = stored
                .as_s()
                .ok_or_else(|| CodecError::wrong_type("the text of a composed key", stored.value_type()).at(name))?;
            for (part, value) in template.split(text)? {
                match item.get(&part) {
                    Some(stored) if *stored == value => {}
                    Some(stored) => {
                        let reason = format!("its part `{part}` is stored as {stored}");
                        let kind = CodecErrorKind::KeyNotCanonical { stored: text.to_owned(), reason };
                        return Err(CodecError::new(kind).at(name));
                    }
                    None => drop(filled.get_or_insert_with(|| item.clone()).insert(part, value)),
                }
            }
        }
        Ok(filled)
    }

    fn check_discriminator(&self, item: &Map) -> Result<(), CodecError> {
        let Some(Discriminator { attribute, value }) = &self.discriminator else { return Ok(()) };
        match item.get(attribute) {
            Some(AttributeValue::S(stored)) if stored == value => Ok(()),
            Some(stored) => {
                let found = stored.to_string();
                Err(CodecError::new(CodecErrorKind::OtherModel { found, model: self.model }).at(attribute))
            }
            // A part of the item that was read without it, or an item of a program that does not write it.
            None => {
                Err(CodecError::new(CodecErrorKind::DiscriminatorMissing { model: self.model, value }).at(attribute))
            }
        }
    }

    /// Returns `false` if an item, or the key of one, is of another model in the same table.
    #[doc(hidden)]
    pub fn is_of_model(&self, item: &Item) -> bool {
        if let Some(discriminator) = &self.discriminator
            && let Some(stored) = item.get(&discriminator.attribute)
        {
            return *stored == discriminator.attribute_value();
        }
        self.table.key.names().all(|name| match (self.template(name), item.get(name)) {
            (Some(template), Some(AttributeValue::S(text))) => template.split(text).is_ok(),
            _ => true,
        })
    }

    /// Adds the parts of composed keys to known attributes.
    pub(crate) fn add_parts(&self, known: &mut Item) {
        for template in &self.templates {
            let parts = known.get(template.name()).and_then(AttributeValue::as_s).map(|text| template.split(text));
            for (part, value) in parts.into_iter().flatten().flatten() {
                known.insert(part, value);
            }
        }
    }
}
