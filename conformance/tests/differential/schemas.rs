//! Random schemas of tables.

use djamodb_core::schema::{
    GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, ScalarType, TableSchema,
};
use djamodb_core::value::Name;
use fastrand::Rng;

use crate::values::{once_in, one_of};

/// Returns a schema: a hash key, mostly a range key, and up to two local and two global indexes.
pub(crate) fn schema(random: &mut Rng, name: &str) -> TableSchema {
    let hash = attribute("h", scalar(random));
    let range = (!once_in(random, 4)).then(|| attribute("r", scalar(random)));
    let key = match &range {
        Some(range) => KeySchema::hash_and_range(hash.clone(), range.clone()),
        None => KeySchema::hash(hash.clone()),
    };
    let mut schema = TableSchema::new(name, key);
    let (a, b) = (attribute("a", scalar(random)), attribute("b", scalar(random)));
    if range.is_some() {
        for (name, range) in [("local_a", &a), ("local_b", &b)] {
            if once_in(random, 3) {
                let key = KeySchema::hash_and_range(hash.clone(), range.clone());
                schema.local_indexes.push(LocalIndex::new(name, key, projection(random)));
            }
        }
    }
    if random.bool() {
        schema.global_indexes.push(GlobalIndex::new("global_a", KeySchema::hash(a.clone()), projection(random)));
    }
    if random.bool() {
        let range = if let (Some(range), true) = (&range, random.bool()) { range } else { &a };
        let key = KeySchema::hash_and_range(b, range.clone());
        schema.global_indexes.push(GlobalIndex::new("global_b", key, projection(random)));
    }
    schema
}

/// Returns the schema of the second table of an episode, of which batches and transactions read and write items, too.
pub(crate) fn other_schema(name: &Name) -> TableSchema {
    TableSchema::new(format!("{name}-other"), KeySchema::hash(attribute("h", ScalarType::S)))
}

fn attribute(name: &'static str, scalar: ScalarType) -> KeyAttribute {
    match scalar {
        ScalarType::S => KeyAttribute::s(name),
        ScalarType::N => KeyAttribute::n(name),
        ScalarType::B => KeyAttribute::b(name),
    }
}

pub(crate) fn scalar(random: &mut Rng) -> ScalarType {
    one_of(random, &[ScalarType::S, ScalarType::S, ScalarType::N, ScalarType::N, ScalarType::B])
}

pub(crate) fn projection(random: &mut Rng) -> IndexProjection {
    match random.u32(..3) {
        0 => IndexProjection::All,
        1 => IndexProjection::KeysOnly,
        _ => IndexProjection::Include(vec!["c".into(), "d".into()]),
    }
}
