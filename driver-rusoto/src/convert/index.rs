//! Secondary indexes and what they hold.

use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, LocalIndex};
use djamodb_core::value::Name;
use rusoto_dynamodb::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexDescription, LocalSecondaryIndex,
    LocalSecondaryIndexDescription, Projection as RusotoProjection,
};

use super::key::Definitions;
use super::{Unreadable, key, schema};

const ALL: &str = "ALL";
const KEYS_ONLY: &str = "KEYS_ONLY";
const INCLUDE: &str = "INCLUDE";

/// A global index. In a table that is billed by throughput it is sent with its own or else with the table's, since
/// there the service wants one for each index.
pub(crate) fn global_to_rusoto(index: GlobalIndex, billing: Billing) -> GlobalSecondaryIndex {
    let throughput = match billing {
        Billing::PayPerRequest => index.throughput,
        Billing::Provisioned(throughput) => Some(index.throughput.unwrap_or(throughput)),
    };
    GlobalSecondaryIndex {
        index_name: index.name.as_str().to_owned(),
        key_schema: key::to_rusoto(index.key),
        projection: projection_to_rusoto(index.projection),
        provisioned_throughput: throughput.map(schema::throughput_to_rusoto),
    }
}

/// A global index of a table that is there already. Where the table is to be billed by throughput from now on, it is sent
/// with its own or else with that; elsewhere with its own, if it has one.
pub(crate) fn created_to_rusoto(index: GlobalIndex, billing: Option<Billing>) -> CreateGlobalSecondaryIndexAction {
    let GlobalSecondaryIndex { index_name, key_schema, projection, provisioned_throughput } =
        global_to_rusoto(index, billing.unwrap_or_default());
    CreateGlobalSecondaryIndexAction { index_name, key_schema, projection, provisioned_throughput }
}

pub(crate) fn local_to_rusoto(index: LocalIndex) -> LocalSecondaryIndex {
    LocalSecondaryIndex {
        index_name: index.name.as_str().to_owned(),
        key_schema: key::to_rusoto(index.key),
        projection: projection_to_rusoto(index.projection),
    }
}

/// A global index as it is. A throughput that is the table's is left out, as it is when the index is created with it.
pub(crate) fn global_from_rusoto(
    index: GlobalSecondaryIndexDescription,
    definitions: &Definitions,
    billing: Billing,
) -> Result<GlobalIndex, Unreadable> {
    let throughput = match billing {
        Billing::PayPerRequest => None,
        Billing::Provisioned(table) => {
            schema::throughput_from_rusoto(index.provisioned_throughput).filter(|own| *own != table)
        }
    };
    Ok(GlobalIndex {
        name: named(index.index_name)?,
        key: key::from_rusoto(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_rusoto(index.projection)?,
        throughput,
    })
}

pub(crate) fn local_from_rusoto(
    index: LocalSecondaryIndexDescription,
    definitions: &Definitions,
) -> Result<LocalIndex, Unreadable> {
    Ok(LocalIndex {
        name: named(index.index_name)?,
        key: key::from_rusoto(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_rusoto(index.projection)?,
    })
}

pub(super) fn named(name: Option<String>) -> Result<Name, Unreadable> {
    name.map(Name::from).ok_or(Unreadable::Missing("name of an index"))
}

fn projection_to_rusoto(projection: IndexProjection) -> RusotoProjection {
    let (projection_type, non_key_attributes) = match projection {
        IndexProjection::All => (ALL, None),
        IndexProjection::KeysOnly => (KEYS_ONLY, None),
        IndexProjection::Include(names) => (INCLUDE, Some(names.iter().map(|name| name.as_str().to_owned()).collect())),
    };
    RusotoProjection { projection_type: Some(projection_type.to_owned()), non_key_attributes }
}

fn projection_from_rusoto(projection: Option<RusotoProjection>) -> Result<IndexProjection, Unreadable> {
    let missing = Unreadable::Missing("projection of an index");
    let Some(RusotoProjection { projection_type, non_key_attributes }) = projection else { return Err(missing) };
    match projection_type.as_deref() {
        Some(ALL) => Ok(IndexProjection::All),
        Some(KEYS_ONLY) => Ok(IndexProjection::KeysOnly),
        Some(INCLUDE) => {
            Ok(IndexProjection::Include(non_key_attributes.unwrap_or_default().into_iter().map(Name::from).collect()))
        }
        Some(other) => Err(Unreadable::unknown("projection", other)),
        None => Err(missing),
    }
}
