//! Key schemas and attribute definitions.

use std::collections::HashMap;

use djamodb_core::schema::{KeyAttribute, KeySchema, ScalarType};
use rusoto_dynamodb::{AttributeDefinition, KeySchemaElement};

use super::InvalidResponse;

/// Types of key attributes, by name.
pub(crate) type Definitions = HashMap<String, ScalarType>;

pub(crate) const HASH: &str = "HASH";
pub(crate) const RANGE: &str = "RANGE";

pub(crate) fn definitions_to_rusoto(attributes: Vec<KeyAttribute>) -> Vec<AttributeDefinition> {
    let definition = |attribute: KeyAttribute| AttributeDefinition {
        attribute_name: attribute.name.as_str().to_owned(),
        attribute_type: attribute.scalar.value_type().as_str().to_owned(),
    };
    attributes.into_iter().map(definition).collect()
}

pub(crate) fn definitions_from_rusoto(definitions: Vec<AttributeDefinition>) -> Result<Definitions, InvalidResponse> {
    let scalar = |definition: AttributeDefinition| {
        let scalar = match definition.attribute_type.as_str() {
            "S" => ScalarType::S,
            "N" => ScalarType::N,
            "B" => ScalarType::B,
            other => return Err(InvalidResponse::unknown("attribute type", other)),
        };
        Ok((definition.attribute_name, scalar))
    };
    definitions.into_iter().map(scalar).collect()
}

pub(crate) fn to_rusoto(key: KeySchema) -> Vec<KeySchemaElement> {
    let hash = key.hash.into_iter().map(|attribute| (attribute, HASH));
    let range = key.range.into_iter().map(|attribute| (attribute, RANGE));
    let element = |(attribute, key_type): (KeyAttribute, &str)| KeySchemaElement {
        attribute_name: attribute.name.as_str().to_owned(),
        key_type: key_type.to_owned(),
    };
    hash.chain(range).map(element).collect()
}

/// Converts a key schema, keeping the order of its attributes. The schema of a table that is being deleted may be empty.
pub(crate) fn from_rusoto(
    elements: Vec<KeySchemaElement>,
    definitions: &Definitions,
) -> Result<KeySchema, InvalidResponse> {
    let mut key = KeySchema { hash: Vec::new(), range: Vec::new() };
    for KeySchemaElement { attribute_name, key_type } in elements {
        let attributes = match key_type.as_str() {
            HASH => &mut key.hash,
            RANGE => &mut key.range,
            other => return Err(InvalidResponse::unknown("key type", other)),
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
        let elements = to_rusoto(key.clone());
        let types: Vec<_> = elements.iter().map(|element| element.key_type.as_str()).collect();
        assert_eq!(types, [HASH, HASH, RANGE, RANGE]);

        let definitions = definitions_from_rusoto(definitions_to_rusoto(attributes)).unwrap();
        assert_eq!(from_rusoto(elements, &definitions), Ok(key));
    }

    #[test]
    fn rejects_key_attributes_without_a_type() {
        let elements = to_rusoto(KeySchema::hash(KeyAttribute::s("id")));
        assert_eq!(from_rusoto(elements, &Definitions::new()), Err(InvalidResponse::UntypedKeyAttribute("id".into())));
    }
}
