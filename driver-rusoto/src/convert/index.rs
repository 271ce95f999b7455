//! Schemas of secondary indexes.

use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, LocalIndex, OnDemandMaximum, WarmThroughput};
use djamodb_core::value::Name;
use rusoto_dynamodb::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexDescription, LocalSecondaryIndex,
    LocalSecondaryIndexDescription, Projection as RusotoProjection,
};

use super::key::Definitions;
use super::{InvalidResponse, key, schema};

const ALL: &str = "ALL";
const KEYS_ONLY: &str = "KEYS_ONLY";
const INCLUDE: &str = "INCLUDE";

/// Status of an index that is being deleted.
pub(super) const DELETING: &str = "DELETING";

/// Converts a global index that is created together with its table.
///
/// The service requires a throughput for each index of a table with provisioned throughput, so that of the table is the default.
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

/// Converts a global index that is added to an existing table. `billing` is the billing set by the same request, or `None` if
/// the request does not change it.
pub(crate) fn create_action_to_rusoto(
    index: GlobalIndex,
    billing: Option<Billing>,
) -> CreateGlobalSecondaryIndexAction {
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

/// Converts the global indexes of a table.
///
/// DynamoDB Local removes the attribute definitions of an index that is being deleted before it removes the index. Such an index
/// is left out.
pub(crate) fn globals_from_rusoto(
    indexes: Vec<GlobalSecondaryIndexDescription>,
    definitions: &Definitions,
    billing: Billing,
) -> Result<Vec<GlobalIndex>, InvalidResponse> {
    let convert = |index: GlobalSecondaryIndexDescription| {
        let is_being_deleted = index.index_status.as_deref() == Some(DELETING);
        match global_from_rusoto(index, definitions, billing) {
            Err(InvalidResponse::UntypedKeyAttribute(_)) if is_being_deleted => None,
            converted => Some(converted),
        }
    };
    indexes.into_iter().filter_map(convert).collect()
}

/// Converts a global index. Its throughput is `None` if it equals that of the table, which is the default of a new index.
fn global_from_rusoto(
    index: GlobalSecondaryIndexDescription,
    definitions: &Definitions,
    billing: Billing,
) -> Result<GlobalIndex, InvalidResponse> {
    let throughput = match billing {
        Billing::PayPerRequest => None,
        Billing::Provisioned(table) => {
            schema::throughput_from_rusoto(index.provisioned_throughput).filter(|own| *own != table)
        }
    };
    Ok(GlobalIndex {
        name: index_name(index.index_name)?,
        key: key::from_rusoto(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_rusoto(index.projection)?,
        throughput,
        on_demand_maximum: OnDemandMaximum::NONE,
        warm_throughput: WarmThroughput::UNSPECIFIED,
    })
}

pub(crate) fn local_from_rusoto(
    index: LocalSecondaryIndexDescription,
    definitions: &Definitions,
) -> Result<LocalIndex, InvalidResponse> {
    Ok(LocalIndex {
        name: index_name(index.index_name)?,
        key: key::from_rusoto(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_rusoto(index.projection)?,
    })
}

pub(super) fn index_name(name: Option<String>) -> Result<Name, InvalidResponse> {
    name.map(Name::from).ok_or(InvalidResponse::Missing("name of an index"))
}

fn projection_to_rusoto(projection: IndexProjection) -> RusotoProjection {
    let (projection_type, non_key_attributes) = match projection {
        IndexProjection::All => (ALL, None),
        IndexProjection::KeysOnly => (KEYS_ONLY, None),
        IndexProjection::Include(names) => (INCLUDE, Some(names.iter().map(|name| name.as_str().to_owned()).collect())),
    };
    RusotoProjection { projection_type: Some(projection_type.to_owned()), non_key_attributes }
}

fn projection_from_rusoto(projection: Option<RusotoProjection>) -> Result<IndexProjection, InvalidResponse> {
    let missing = InvalidResponse::Missing("projection of an index");
    let Some(RusotoProjection { projection_type, non_key_attributes }) = projection else { return Err(missing) };
    match projection_type.as_deref() {
        Some(ALL) => Ok(IndexProjection::All),
        Some(KEYS_ONLY) => Ok(IndexProjection::KeysOnly),
        Some(INCLUDE) => {
            Ok(IndexProjection::Include(non_key_attributes.unwrap_or_default().into_iter().map(Name::from).collect()))
        }
        Some(other) => Err(InvalidResponse::unknown("projection", other)),
        None => Err(missing),
    }
}
