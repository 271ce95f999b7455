//! Faults of schemas, one of which makes a valid schema invalid, or is a limit that it may reach.

use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, ScalarType, TableSchema, Throughput,
};
use djamodb_core::value::Name;
use fastrand::Rng;

use crate::schemas::scalar;
use crate::table_operations::{invalid_name, throughput};
use crate::values::{once_in, one_of};

/// Changes a schema so that it has one more fault, or reaches a limit.
pub(crate) fn add_fault(random: &mut Rng, schema: &mut TableSchema) {
    match random.u32(..13) {
        0 => schema.name = invalid_name(random),
        1 => of_key(random, &mut schema.key),
        2 => schema.billing = Billing::Provisioned(Throughput { read_units: random.u64(..2), write_units: 0 }),
        3 => {
            // Index names are unique among the indexes of both kinds.
            let name = one_of(random, &["global_a", "local_a"]);
            schema.global_indexes.push(global(random, name.into()));
        }
        4 => of_local_index(random, schema),
        5 => {
            let count = random.usize(4..8);
            let hash = schema.key.hash.first().cloned().unwrap_or_else(|| KeyAttribute::s("h"));
            schema.local_indexes = (0..count).map(|at| local(format!("local_{at}"), hash.clone(), "a")).collect();
        }
        6 => {
            let count = random.usize(19..23);
            schema.global_indexes = (0..count).map(|at| global(random, format!("global_{at}").into())).collect();
        }
        7 => {
            let mut index = global(random, "global_c".into());
            of_key(random, &mut index.key);
            schema.global_indexes.push(index);
        }
        8 => {
            let name = invalid_name(random);
            schema.global_indexes.push(global(random, name));
        }
        9 => {
            let mut index = global(random, "global_c".into());
            index.throughput = Some(throughput(random));
            schema.global_indexes.push(index);
        }
        10 => {
            let mut index = global(random, "global_c".into());
            index.projection = included(random);
            schema.global_indexes.push(index);
        }
        11 => {
            // Six times 20 attributes are more than the 100 that all indexes may include.
            let attributes = random.usize(15..21);
            schema.global_indexes = (0..6).map(|at| global(random, format!("global_{at}").into())).collect();
            for index in &mut schema.global_indexes {
                index.projection = IndexProjection::Include(names(attributes));
            }
        }
        _ => {
            let name = one_of(random, &["h", "r", "a"]);
            let key = KeySchema::hash(KeyAttribute::new(name, scalar(random)));
            schema.global_indexes.push(GlobalIndex::new("global_c", key, IndexProjection::All));
        }
    }
}

fn of_key(random: &mut Rng, key: &mut KeySchema) {
    let extra = KeyAttribute::new("extra", ScalarType::S);
    match random.u32(..7) {
        0 => key.hash.clear(),
        1 => key.hash.push(extra),
        2 => key.range.push(extra),
        3 => key.range = key.hash.clone(),
        4 => *key = KeySchema { hash: Vec::new(), range: Vec::new() },
        5 => {
            let attributes = ["e1", "e2", "e3", "e4", "e5"].map(KeyAttribute::s);
            let kept = random.usize(3..6);
            let of_kind = if random.bool() { &mut key.hash } else { &mut key.range };
            *of_kind = attributes.into_iter().take(kept).collect();
        }
        _ => {
            let long = "x".repeat(random.usize(255..257));
            let name = one_of(random, &["", &long]);
            key.hash = vec![KeyAttribute::s(name.to_owned())];
        }
    }
}

fn of_local_index(random: &mut Rng, schema: &mut TableSchema) {
    let hash = schema.key.hash.first().cloned().unwrap_or_else(|| KeyAttribute::s("h"));
    let mut index = local("local_c".to_owned(), hash, "c");
    match random.u32(..7) {
        0 => index.key.range.clear(),
        1 => index.key.hash = vec![KeyAttribute::s("c")],
        2 => index.name = invalid_name(random),
        3 => index.projection = included(random),
        4 => of_key(random, &mut index.key),
        5 => index.name = "local_a".into(),
        // On a table without a range attribute, or a valid index.
        _ => {}
    }
    schema.local_indexes.push(index);
}

/// Returns a projection whose list of attributes is too short, too long, at the limit, or has a name twice.
fn included(random: &mut Rng) -> IndexProjection {
    IndexProjection::Include(match random.u32(..6) {
        0 => Vec::new(),
        1 => names(20),
        2 => names(21),
        3 => vec!["c".into(), "c".into()],
        4 => vec!["h".into(), "c".into()],
        _ => vec!["".into()],
    })
}

fn names(count: usize) -> Vec<Name> {
    (0..count).map(|at| format!("n{at}").into()).collect()
}

fn local(name: String, hash: KeyAttribute, range: &'static str) -> LocalIndex {
    LocalIndex::new(name, KeySchema::hash_and_range(hash, KeyAttribute::s(range)), IndexProjection::KeysOnly)
}

fn global(random: &mut Rng, name: Name) -> GlobalIndex {
    let hash = one_of(random, &["e", "f"]);
    let key = KeySchema::hash(KeyAttribute::s(hash));
    let projection = if once_in(random, 2) { IndexProjection::All } else { IndexProjection::KeysOnly };
    GlobalIndex::new(name, key, projection)
}
