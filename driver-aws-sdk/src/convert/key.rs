//! Key schemas and attribute definitions.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeDefinition, KeySchemaElement, KeyType, ScalarAttributeType};
use djamodb_core::schema::{KeyAttribute, KeySchema, ScalarType};

use super::InvalidResponse;

/// Types of key attributes, by name.
pub(crate) type Definitions = HashMap<String, ScalarType>;

pub(crate) fn definitions_to_sdk(attributes: Vec<KeyAttribute>) -> Result<Vec<AttributeDefinition>, BuildError> {
    let definition = |attribute: KeyAttribute| {
        let scalar = match attribute.scalar {
            ScalarType::S => ScalarAttributeType::S,
            ScalarType::N => ScalarAttributeType::N,
            ScalarType::B => ScalarAttributeType::B,
        };
        AttributeDefinition::builder().attribute_name(attribute.name.as_str()).attribute_type(scalar).build()
    };
    attributes.into_iter().map(definition).collect()
}

pub(crate) fn definitions_from_sdk(definitions: Vec<AttributeDefinition>) -> Result<Definitions, InvalidResponse> {
    let scalar = |definition: AttributeDefinition| {
        let scalar = match definition.attribute_type {
            ScalarAttributeType::S => ScalarType::S,
            ScalarAttributeType::N => ScalarType::N,
            ScalarAttributeType::B => ScalarType::B,
            other => return Err(InvalidResponse::unknown("attribute type", other.as_str())),
        };
        Ok((definition.attribute_name, scalar))
    };
    definitions.into_iter().map(scalar).collect()
}

pub(crate) fn to_sdk(key: KeySchema) -> Result<Vec<KeySchemaElement>, BuildError> {
    let hash = key.hash.into_iter().map(|attribute| (attribute, KeyType::Hash));
    let range = key.range.into_iter().map(|attribute| (attribute, KeyType::Range));
    let element = |(attribute, key_type): (KeyAttribute, KeyType)| {
        KeySchemaElement::builder().attribute_name(attribute.name.as_str()).key_type(key_type).build()
    };
    hash.chain(range).map(element).collect()
}

/// Converts a key schema, keeping the order of its attributes. The schema of a table that is being deleted may be empty.
pub(crate) fn from_sdk(
    elements: Vec<KeySchemaElement>,
    definitions: &Definitions,
) -> Result<KeySchema, InvalidResponse> {
    let mut key = KeySchema { hash: Vec::new(), range: Vec::new() };
    for KeySchemaElement { attribute_name, key_type, .. } in elements {
        let attributes = match key_type {
            KeyType::Hash => &mut key.hash,
            KeyType::Range => &mut key.range,
            other => return Err(InvalidResponse::unknown("key type", other.as_str())),
        };
        match definitions.get(&attribute_name) {
            Some(scalar) => attributes.push(KeyAttribute::new(attribute_name, *scalar)),
            None => return Err(InvalidResponse::UntypedKeyAttribute(attribute_name)),
        }
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multi_attribute_keys_keep_their_order() {
        let attributes = vec![KeyAttribute::s("z"), KeyAttribute::n("a"), KeyAttribute::b("m"), KeyAttribute::s("b")];
        let key = KeySchema { hash: attributes[..2].to_vec(), range: attributes[2..].to_vec() };
        let elements = to_sdk(key.clone()).unwrap();
        let types: Vec<_> = elements.iter().map(KeySchemaElement::key_type).collect();
        assert_eq!(types, [&KeyType::Hash, &KeyType::Hash, &KeyType::Range, &KeyType::Range]);

        let definitions = definitions_from_sdk(definitions_to_sdk(attributes).unwrap()).unwrap();
        assert_eq!(from_sdk(elements, &definitions), Ok(key));
    }

    #[test]
    fn rejects_key_attributes_without_a_type() {
        let elements = to_sdk(KeySchema::hash(KeyAttribute::s("id"))).unwrap();
        assert_eq!(from_sdk(elements, &Definitions::new()), Err(InvalidResponse::UntypedKeyAttribute("id".into())));
    }
}
