//! Secondary indexes and what they hold.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexDescription, IndexStatus as SdkStatus,
    LocalSecondaryIndex, LocalSecondaryIndexDescription, Projection as SdkProjection, ProjectionType,
    ProvisionedThroughput,
};
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, LocalIndex, Throughput};
use djamodb_core::value::Name;

use super::key::Definitions;
use super::{Unreadable, key, schema};

/// A global index that is created with its table.
pub(crate) fn global_to_sdk(index: GlobalIndex, billing: Billing) -> Result<GlobalSecondaryIndex, BuildError> {
    GlobalSecondaryIndex::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .set_provisioned_throughput(throughput_to_sdk(index.throughput, billing)?)
        .build()
}

/// A global index that a table gets later. How the table is paid for may be known to the service only.
pub(crate) fn created_to_sdk(
    index: GlobalIndex,
    billing: Option<Billing>,
) -> Result<CreateGlobalSecondaryIndexAction, BuildError> {
    CreateGlobalSecondaryIndexAction::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .set_provisioned_throughput(throughput_to_sdk(index.throughput, billing.unwrap_or_default())?)
        .build()
}

/// In a table that is billed by throughput, an index is sent with its own or else with the table's, since there the service
/// wants one for each index.
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

/// Global indexes as they are. The types of a key may be gone before the index that is being deleted is, as they are with
/// DynamoDB Local; then it is left out.
pub(crate) fn globals_from_sdk(
    indexes: Vec<GlobalSecondaryIndexDescription>,
    definitions: &Definitions,
    billing: Billing,
) -> Result<Vec<GlobalIndex>, Unreadable> {
    let read = |index: GlobalSecondaryIndexDescription| {
        let is_being_deleted = index.index_status == Some(SdkStatus::Deleting);
        match global_from_sdk(index, definitions, billing) {
            Err(Unreadable::Undefined(_)) if is_being_deleted => None,
            read => Some(read),
        }
    };
    indexes.into_iter().filter_map(read).collect()
}

/// A throughput that is the table's is left out, as it is when the index is created with it.
fn global_from_sdk(
    index: GlobalSecondaryIndexDescription,
    definitions: &Definitions,
    billing: Billing,
) -> Result<GlobalIndex, Unreadable> {
    let throughput = match billing {
        Billing::PayPerRequest => None,
        Billing::Provisioned(table) => {
            schema::throughput_from_sdk(index.provisioned_throughput).filter(|own| *own != table)
        }
    };
    Ok(GlobalIndex {
        name: named(index.index_name)?,
        key: key::from_sdk(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_sdk(index.projection)?,
        throughput,
    })
}

pub(crate) fn local_from_sdk(
    index: LocalSecondaryIndexDescription,
    definitions: &Definitions,
) -> Result<LocalIndex, Unreadable> {
    Ok(LocalIndex {
        name: named(index.index_name)?,
        key: key::from_sdk(index.key_schema.unwrap_or_default(), definitions)?,
        projection: projection_from_sdk(index.projection)?,
    })
}

pub(super) fn named(name: Option<String>) -> Result<Name, Unreadable> {
    name.map(Name::from).ok_or(Unreadable::Missing("name of an index"))
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

fn projection_from_sdk(projection: Option<SdkProjection>) -> Result<IndexProjection, Unreadable> {
    let projection = projection.ok_or(Unreadable::Missing("projection of an index"))?;
    match projection.projection_type {
        Some(ProjectionType::All) => Ok(IndexProjection::All),
        Some(ProjectionType::KeysOnly) => Ok(IndexProjection::KeysOnly),
        Some(ProjectionType::Include) => {
            let names = projection.non_key_attributes.unwrap_or_default();
            Ok(IndexProjection::Include(names.into_iter().map(Name::from).collect()))
        }
        Some(other) => Err(Unreadable::unknown("projection", other.as_str())),
        None => Err(Unreadable::Missing("projection of an index")),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{KeyAttribute, KeySchema};

    use super::*;

    #[test]
    fn a_created_index_has_its_own_throughput_or_that_of_a_table_which_is_known() {
        let units = |units| Throughput { read_units: units, write_units: units };
        let sent = |throughput, billing| {
            let key = KeySchema::hash(KeyAttribute::s("kind"));
            let index = GlobalIndex { throughput, ..GlobalIndex::new("kinds", key, IndexProjection::KeysOnly) };
            let sent = created_to_sdk(index, billing).unwrap();
            sent.provisioned_throughput.map(|throughput| throughput.read_capacity_units)
        };
        assert_eq!(sent(None, None), None);
        assert_eq!(sent(Some(units(7)), None), Some(7));
        assert_eq!(sent(None, Some(Billing::PayPerRequest)), None);
        assert_eq!(sent(None, Some(Billing::Provisioned(units(5)))), Some(5));
        assert_eq!(sent(Some(units(7)), Some(Billing::Provisioned(units(5)))), Some(7));
    }

    #[test]
    fn an_index_that_is_being_deleted_may_lack_the_types_of_its_key() {
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
        assert_eq!(read(SdkStatus::Active), Err(Unreadable::Undefined("kind".into())));
    }
}
