//! Constraints of the members that describe tables and indexes: names, keys, projections, throughput.

use std::fmt::Write;

use djamodb_core::schema::{Encryption, IndexProjection, KeySchema, Throughput};
use djamodb_core::service::limits::KEY_ATTRIBUTE_NAME_CHARACTERS_MAX;
use djamodb_core::value::Name;

use super::constraints::{Constraints, list_text};

/// Number of attributes in the key of a global index, which a rule limits for each kind, not a constraint of the list.
pub(crate) const GLOBAL_INDEX_KEY_ATTRIBUTES_MAX: usize = usize::MAX;
/// Number of attributes that one index includes at most.
const INCLUDED_ATTRIBUTES_OF_INDEX_MAX: usize = 20;

impl Constraints {
    /// Checks the units of provisioned throughput, at least one of each kind.
    pub(crate) fn throughput(&mut self, throughput: Throughput, member: impl Fn() -> String) {
        let Throughput { read_units, write_units } = throughput;
        self.value(write_units, 1..=u64::MAX, || format!("{}.writeCapacityUnits", member()));
        self.value(read_units, 1..=u64::MAX, || format!("{}.readCapacityUnits", member()));
    }

    /// Checks that a customer managed key has a name.
    pub(crate) fn encryption(&mut self, encryption: &Encryption) {
        if let Encryption::CustomerManaged(key) = encryption {
            self.length(key, 1..=usize::MAX, || "sSESpecification.kMSMasterKeyId".into());
        }
    }

    /// Checks the number of key attributes, and the lengths of their names.
    pub(crate) fn key_schema(&mut self, key: &KeySchema, most: usize, member: impl Fn() -> String) {
        let count = key.hash.len() + key.range.len();
        let shown = (!(1..=most).contains(&count)).then(|| key_schema_text(key));
        self.count(count, 1..=most, shown.as_deref(), &member);
        for (at, name) in key.names().enumerate() {
            self.length(name, 1..=KEY_ATTRIBUTE_NAME_CHARACTERS_MAX, || {
                format!("{}.{}.member.attributeName", member(), at + 1)
            });
        }
    }

    /// Checks an index.
    pub(crate) fn index(
        &mut self,
        (name, key, projection): (&Name, &KeySchema, &IndexProjection),
        key_attributes_max: usize,
        member: impl Fn() -> String,
    ) {
        self.name(name, || format!("{}.indexName", member()));
        self.key_schema(key, key_attributes_max, || format!("{}.keySchema", member()));
        if let IndexProjection::Include(names) = projection {
            let allowed = 1..=INCLUDED_ATTRIBUTES_OF_INDEX_MAX;
            let shown = (!allowed.contains(&names.len())).then(|| list_text(names));
            let attributes = || format!("{}.projection.nonKeyAttributes", member());
            self.count(names.len(), allowed, shown.as_deref(), attributes);
            self.elements(names, 1..=KEY_ATTRIBUTE_NAME_CHARACTERS_MAX, attributes);
        }
    }
}

/// Returns a key in the form in which the service prints it.
fn key_schema_text(key: &KeySchema) -> String {
    let elements = key.hash.iter().map(|attribute| (attribute, "HASH"));
    let elements = elements.chain(key.range.iter().map(|attribute| (attribute, "RANGE")));
    let mut text = String::from("[");
    for (at, (attribute, kind)) in elements.enumerate() {
        let separator = if at == 0 { "" } else { ", " };
        // Writing to a string does not fail.
        let _ = write!(text, "{separator}KeySchemaElement(attributeName={}, keyType={kind})", attribute.name);
    }
    text + "]"
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::KeyAttribute;
    use djamodb_core::service::limits::TABLE_KEY_ATTRIBUTES_MAX;

    use super::super::constraints::message;
    use super::*;

    #[test]
    fn throughput_has_at_least_one_unit_of_each_kind() {
        let units = |read_units, write_units| {
            let throughput = Throughput { read_units, write_units };
            message(|constraints| constraints.throughput(throughput, || "provisionedThroughput".into()))
        };
        assert_eq!(units(1, 1), "satisfied");
        assert_eq!(
            units(0, 0),
            "2 validation errors detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy \
             constraint: Member must have value greater than or equal to 1; Value '0' at \
             'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than \
             or equal to 1"
        );
    }

    #[test]
    fn keys_have_one_or_two_attributes() {
        let of = |key: KeySchema| {
            message(|constraints| constraints.key_schema(&key, TABLE_KEY_ATTRIBUTES_MAX, || "keySchema".into()))
        };
        let mut key = KeySchema::hash_and_range(KeyAttribute::s("a"), KeyAttribute::s("b"));
        assert_eq!(of(key.clone()), "satisfied");
        key.range.push(KeyAttribute::s("c"));
        assert_eq!(
            of(key),
            "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), \
             KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at \
             'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2"
        );
        let long = KeySchema::hash(KeyAttribute::s("x".repeat(256)));
        assert!(of(long).contains("at 'keySchema.1.member.attributeName' failed"));
    }

    #[test]
    fn an_index_includes_1_to_20_attributes() {
        let of = |names: Vec<Name>| {
            let key = KeySchema::hash(KeyAttribute::s("a"));
            let projection = IndexProjection::Include(names);
            message(|constraints| {
                constraints.index((&"index".into(), &key, &projection), GLOBAL_INDEX_KEY_ATTRIBUTES_MAX, || {
                    "globalSecondaryIndexes.1.member".into()
                });
            })
        };
        let names = |count: usize| (0..count).map(|at| Name::from(format!("a{at}"))).collect();
        assert_eq!(of(names(20)), "satisfied");
        assert!(of(names(21)).ends_with("Member must have length less than or equal to 20"));
        assert_eq!(
            of(names(0)),
            "1 validation error detected: Value '[]' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' \
             failed to satisfy constraint: Member must have length greater than or equal to 1"
        );
        assert!(of(vec!["".into()]).ends_with(
            "Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length \
             greater than or equal to 1]"
        ));
    }
}
