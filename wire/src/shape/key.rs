//! Keys of tables and indexes, and the definitions of their attributes.

use std::collections::BTreeMap;

use djamodb_core::schema::{KeyAttribute, KeySchema, ScalarType};
use djamodb_core::service::limits::TABLE_KEY_ATTRIBUTES_MAX;
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, List, Text, TypeName};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct AttributeDefinition {
    attribute_name: Option<Text>,
    attribute_type: Option<Text>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct KeySchemaElement {
    attribute_name: Option<Text>,
    key_type: Option<Text>,
}

impl TypeName for AttributeDefinition {
    const NAME: &'static str = "AttributeDefinition";
}

impl TypeName for KeySchemaElement {
    const NAME: &'static str = "KeySchemaElement";
}

/// A list of attribute definitions.
pub(crate) type SentDefinitions = List<Element<AttributeDefinition>>;
/// A key schema.
pub(crate) type SentKey = List<Element<KeySchemaElement>>;

/// The types of attributes by their names.
#[derive(Default)]
pub(crate) struct Definitions {
    types: BTreeMap<Name, ScalarType>,
    has_duplicates: bool,
}

impl Definitions {
    pub(crate) fn read(sent: Option<SentDefinitions>, violations: &mut Violations) -> Self {
        let mut definitions = Self::default();
        for (at, Element(definition)) in sent.unwrap_or_default().0.into_iter().enumerate() {
            let path = format!("attributeDefinitions.{}.member", at + 1);
            let Text(name) = violations.required(&format!("{path}.attributeName"), definition.attribute_name);
            let scalar = if definition.attribute_type.is_none() {
                violations.null(&format!("{path}.attributeType"));
                None
            } else {
                let values = [("B", ScalarType::B), ("N", ScalarType::N), ("S", ScalarType::S)];
                violations.one_of(&format!("{path}.attributeType"), definition.attribute_type, &values)
            };
            let previous = definitions.types.insert(Name::from(name), scalar.unwrap_or(ScalarType::S));
            definitions.has_duplicates |= previous.is_some();
        }
        definitions
    }

    /// Checks that no attribute is defined twice.
    pub(crate) fn check_unique(&self) -> Result<(), RequestError> {
        if self.has_duplicates {
            return Err(RequestError::validation("Cannot have two attributes with the same name"));
        }
        Ok(())
    }

    /// Returns the names, separated by commas.
    fn names(&self) -> String {
        list(self.types.keys())
    }

    /// Checks that a key uses each definition.
    pub(crate) fn check_used<'a>(&self, keys: impl Iterator<Item = &'a KeySchema> + Clone) -> Result<(), RequestError> {
        let is_used = |name: &Name| keys.clone().any(|key| key.contains(name));
        if self.types.keys().all(is_used) {
            return Ok(());
        }
        if keys.clone().count() == 1 {
            return Err(RequestError::validation(
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of \
                 attributes defined in AttributeDefinitions",
            ));
        }
        let mut used: Vec<&Name> = keys.flat_map(KeySchema::names).collect();
        used.sort_unstable();
        used.dedup();
        Err(RequestError::validation(format!(
            "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [{}], \
             keys used: [{}]",
            self.names(),
            list(used)
        )))
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    names.into_iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
}

/// The role of an attribute in a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Hash,
    Range,
}

/// A key whose attributes have no types yet.
#[derive(Default)]
pub(crate) struct UntypedKey(Vec<(Name, Option<Role>)>);

impl UntypedKey {
    /// Reads a key schema. `member` is its path in the request.
    pub(crate) fn read(key: Option<SentKey>, member: &str, violations: &mut Violations) -> Self {
        let Some(List(elements)) = key else {
            violations.null(member);
            return Self::default();
        };
        if elements.is_empty() {
            violations.empty(member);
        }
        let mut attributes = Vec::with_capacity(elements.len());
        for (at, Element(element)) in elements.into_iter().enumerate() {
            let path = format!("{member}.{}.member", at + 1);
            let Text(name) = violations.required(&format!("{path}.attributeName"), element.attribute_name);
            if element.key_type.is_none() {
                violations.null(&format!("{path}.keyType"));
            }
            let role = violations.one_of(
                &format!("{path}.keyType"),
                element.key_type,
                &[("HASH", Role::Hash), ("RANGE", Role::Range)],
            );
            attributes.push((Name::from(name), role));
        }
        Self(attributes)
    }

    /// Checks that the key begins with its hash attributes.
    fn check_order(&self) -> Result<(), RequestError> {
        let is_range = |(_, role): &(Name, Option<Role>)| *role == Some(Role::Range);
        let message = if self.0.first().is_some_and(is_range) {
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
        } else if !self.0.is_sorted_by_key(is_range) {
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
        } else {
            return Ok(());
        };
        Err(RequestError::validation(message))
    }

    /// Returns the key with the types of its attributes. `index` is the index that has it.
    pub(crate) fn typed(self, definitions: &Definitions, index: Option<&str>) -> Result<KeySchema, RequestError> {
        // The driver refuses the key of a table that is too long, whatever the order of its attributes.
        if index.is_some() || self.0.len() <= TABLE_KEY_ATTRIBUTES_MAX {
            self.check_order()?;
        }
        let mut key = KeySchema { hash: Vec::new(), range: Vec::new() };
        let names: Vec<Name> = self.0.iter().map(|(name, _)| name.clone()).collect();
        for (name, role) in self.0 {
            let Some(scalar) = definitions.types.get(&name) else {
                let (keys, definitions) = (list(&names), definitions.names());
                return Err(RequestError::validation(format!(
                    "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. \
                     Keys: [{keys}], AttributeDefinitions: [{definitions}]"
                )));
            };
            let attributes = if role == Some(Role::Range) { &mut key.range } else { &mut key.hash };
            attributes.push(KeyAttribute::new(name, *scalar));
        }
        Ok(key)
    }
}

/// Returns the elements of a key.
pub(crate) fn write(key: &KeySchema) -> SentKey {
    let element = |attribute: &KeyAttribute, role: &str| {
        Element(KeySchemaElement {
            attribute_name: Some(Text(attribute.name.as_str().to_owned())),
            key_type: Some(Text(role.to_owned())),
        })
    };
    let hash = key.hash.iter().map(|attribute| element(attribute, "HASH"));
    List(hash.chain(key.range.iter().map(|attribute| element(attribute, "RANGE"))).collect())
}

/// Returns the definitions of attributes.
pub(crate) fn write_definitions(attributes: &[KeyAttribute]) -> SentDefinitions {
    let definition = |attribute: &KeyAttribute| {
        Element(AttributeDefinition {
            attribute_name: Some(Text(attribute.name.as_str().to_owned())),
            attribute_type: Some(Text(attribute.scalar.value_type().as_str().to_owned())),
        })
    };
    List(attributes.iter().map(definition).collect())
}
