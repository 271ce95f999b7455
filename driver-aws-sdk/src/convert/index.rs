//! Schemas of secondary indexes.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexDescription, IndexStatus as SdkStatus,
    LocalSecondaryIndex, LocalSecondaryIndexDescription, Projection as SdkProjection, ProjectionType,
    ProvisionedThroughput,
};
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, LocalIndex, Throughput, WarmThroughput};
use djamodb_core::value::Name;

use super::key::Definitions;
use super::{InvalidResponse, key, schema, throughput};

/// Converts a global index that is created together with its table.
pub(crate) fn global_to_sdk(index: GlobalIndex, billing: Billing) -> Result<GlobalSecondaryIndex, BuildError> {
    GlobalSecondaryIndex::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .set_provisioned_throughput(throughput_to_sdk(index.throughput, billing)?)
        .set_on_demand_throughput(throughput::maximum_to_sdk(index.on_demand_maximum))
        .set_warm_throughput(throughput::warm_to_sdk(index.warm_throughput))
        .build()
}

/// Converts a global index that is added to an existing table. `billing` is the billing set by the same request, or `None` if
/// the request does not change it.
pub(crate) fn create_action_to_sdk(
    index: GlobalIndex,
    billing: Option<Billing>,
) -> Result<CreateGlobalSecondaryIndexAction, BuildError> {
    CreateGlobalSecondaryIndexAction::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .set_provisioned_throughput(throughput_to_sdk(index.throughput, billing.unwrap_or_default())?)
        .set_on_demand_throughput(throughput::maximum_to_sdk(index.on_demand_maximum))
        .set_warm_throughput(throughput::warm_to_sdk(index.warm_throughput))
        .build()
}

/// Returns the throughput to send for an index.
///
/// The service requires a throughput for each index of a table with provisioned throughput, so that of the table is the default.
fn throughput_to_sdk(own: Option<Throughput>, billing: Billing) -> Result<Option<ProvisionedThroughput>, BuildError> {
    let throughput = match billing {
        Billing::PayPerRequest => own,
        Billing::Provisioned(table) => Some(own.unwrap_or(table)),
    };
    throughput.map(schema::throughput_to_sdk).transpose()
}

pub(crate) fn local_to_sdk(index: LocalIndex) -> Result<LocalSecondaryIndex, BuildError> {
    LocalSecondaryIndex::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .build()
}

/// Converts the global indexes of a table.
///
/// DynamoDB Local removes the attribute definitions of an index that is being deleted before it removes the index. Such an index
/// is left out.
pub(crate) fn globals_from_sdk(
    indexes: Vec<GlobalSecondaryIndexDescription>,
    definitions: &Definitions,
    billing: Billing,
) -> Result<Vec<GlobalIndex>, InvalidResponse> {
    let convert = |index: GlobalSecondaryIndexDescription| {
        let is_being_deleted = index.index_status == Some(SdkStatus::Deleting);
        match global_from_sdk(index, definitions, billing) {
            Err(InvalidResponse::UntypedKeyAttribute(_)) if is_being_deleted => None,
            converted => Some(converted),
        }
    };
    indexes.into_iter().filter_map(convert).collect()
}

/// Converts a global index. Its throughput is `None` if it equals that of the table, which is the default of a new index.
fn global_from_sdk(
    index: GlobalSecondaryIndexDescription,
    definitions: &Definitions,
    billing: Billing,
) -> Result<GlobalIndex, InvalidResponse> {
    let throughput = match billing {
        Billing::PayPerRequest => None,
        Billing::Provisioned(table) => {
            schema::throughput_from_sdk(index.provisioned_throughput).filter(|own| *own != table)
        }
    };
    Ok(GlobalIndex {
        name: index_name(index.index_name)?,
        key: key::from_sdk(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_sdk(index.projection)?,
        throughput,
        on_demand_maximum: throughput::maximum_from_sdk(index.on_demand_throughput),
        warm_throughput: WarmThroughput::UNSPECIFIED,
    })
}

pub(crate) fn local_from_sdk(
    index: LocalSecondaryIndexDescription,
    definitions: &Definitions,
) -> Result<LocalIndex, InvalidResponse> {
    Ok(LocalIndex {
        name: index_name(index.index_name)?,
        key: key::from_sdk(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_sdk(index.projection)?,
    })
}

pub(super) fn index_name(name: Option<String>) -> Result<Name, InvalidResponse> {
    name.map(Name::from).ok_or(InvalidResponse::Missing("name of an index"))
}

fn projection_to_sdk(projection: IndexProjection) -> SdkProjection {
    let (projection_type, names) = match projection {
        IndexProjection::All => (ProjectionType::All, None),
        IndexProjection::KeysOnly => (ProjectionType::KeysOnly, None),
        IndexProjection::Include(names) => {
            (ProjectionType::Include, Some(names.iter().map(|name| name.as_str().to_owned()).collect()))
        }
    };
    SdkProjection::builder().projection_type(projection_type).set_non_key_attributes(names).build()
}

fn projection_from_sdk(projection: Option<SdkProjection>) -> Result<IndexProjection, InvalidResponse> {
    let projection = projection.ok_or(InvalidResponse::Missing("projection of an index"))?;
    match projection.projection_type {
        Some(ProjectionType::All) => Ok(IndexProjection::All),
        Some(ProjectionType::KeysOnly) => Ok(IndexProjection::KeysOnly),
        Some(ProjectionType::Include) => {
            let names = projection.non_key_attributes.unwrap_or_default();
            Ok(IndexProjection::Include(names.into_iter().map(Name::from).collect()))
        }
        Some(other) => Err(InvalidResponse::unknown("projection", other.as_str())),
        None => Err(InvalidResponse::Missing("projection of an index")),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{KeyAttribute, KeySchema};

    use super::*;

    #[test]
    fn created_indexes_default_to_the_throughput_of_the_request() {
        let units = |units| Throughput { read_units: units, write_units: units };
        let sent = |throughput, billing| {
            let key = KeySchema::hash(KeyAttribute::s("kind"));
            let index = GlobalIndex { throughput, ..GlobalIndex::new("kinds", key, IndexProjection::KeysOnly) };
            let sent = create_action_to_sdk(index, billing).unwrap();
            sent.provisioned_throughput.map(|throughput| throughput.read_capacity_units)
        };
        assert_eq!(sent(None, None), None);
        assert_eq!(sent(Some(units(7)), None), Some(7));
        assert_eq!(sent(None, Some(Billing::PayPerRequest)), None);
        assert_eq!(sent(None, Some(Billing::Provisioned(units(5)))), Some(5));
        assert_eq!(sent(Some(units(7)), Some(Billing::Provisioned(units(5)))), Some(7));
    }

    #[test]
    fn skips_deleting_indexes_without_attribute_definitions() {
        let index = |status| {
            let key = key::to_sdk(KeySchema::hash(KeyAttribute::s("kind"))).unwrap();
            GlobalSecondaryIndexDescription::builder()
                .index_name("kinds")
                .set_key_schema(Some(key))
                .projection(projection_to_sdk(IndexProjection::All))
                .index_status(status)
                .build()
        };
        let read = |status| globals_from_sdk(vec![index(status)], &Definitions::new(), Billing::PayPerRequest);
        assert_eq!(read(SdkStatus::Deleting), Ok(Vec::new()));
        assert_eq!(read(SdkStatus::Active), Err(InvalidResponse::UntypedKeyAttribute("kind".into())));
    }
}
