//! Secondary indexes and what they hold.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    GlobalSecondaryIndex, GlobalSecondaryIndexDescription, LocalSecondaryIndex, LocalSecondaryIndexDescription,
    Projection as SdkProjection, ProjectionType,
};
use djamodb_core::schema::{Billing, GlobalIndex, LocalIndex, Projection};
use djamodb_core::value::Name;

use super::key::Definitions;
use super::{Unreadable, key, schema};

/// A global index. In a table that is billed by throughput it is sent with its own or else with the table's, since there the
/// service wants one for each index.
pub(crate) fn global_to_sdk(index: GlobalIndex, billing: Billing) -> Result<GlobalSecondaryIndex, BuildError> {
    let throughput = match billing {
        Billing::PayPerRequest => index.throughput,
        Billing::Provisioned(throughput) => Some(index.throughput.unwrap_or(throughput)),
    };
    GlobalSecondaryIndex::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .set_provisioned_throughput(throughput.map(schema::throughput_to_sdk).transpose()?)
        .build()
}

pub(crate) fn local_to_sdk(index: LocalIndex) -> Result<LocalSecondaryIndex, BuildError> {
    LocalSecondaryIndex::builder()
        .index_name(index.name.as_str())
        .set_key_schema(Some(key::to_sdk(index.key)?))
        .projection(projection_to_sdk(index.projection))
        .build()
}

/// A global index as it is. A throughput that is the table's is left out, as it is when the index is created with it.
pub(crate) fn global_from_sdk(
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

fn named(name: Option<String>) -> Result<Name, Unreadable> {
    name.map(Name::from).ok_or(Unreadable::Missing("name of an index"))
}

fn projection_to_sdk(projection: Projection) -> SdkProjection {
    let (projection_type, names) = match projection {
        Projection::All => (ProjectionType::All, None),
        Projection::KeysOnly => (ProjectionType::KeysOnly, None),
        Projection::Include(names) => {
            (ProjectionType::Include, Some(names.iter().map(|name| name.as_str().to_owned()).collect()))
        }
    };
    SdkProjection::builder().projection_type(projection_type).set_non_key_attributes(names).build()
}

fn projection_from_sdk(projection: Option<SdkProjection>) -> Result<Projection, Unreadable> {
    let projection = projection.ok_or(Unreadable::Missing("projection of an index"))?;
    match projection.projection_type {
        Some(ProjectionType::All) => Ok(Projection::All),
        Some(ProjectionType::KeysOnly) => Ok(Projection::KeysOnly),
        Some(ProjectionType::Include) => {
            let names = projection.non_key_attributes.unwrap_or_default();
            Ok(Projection::Include(names.into_iter().map(Name::from).collect()))
        }
        Some(other) => Err(Unreadable::unknown("projection", other.as_str())),
        None => Err(Unreadable::Missing("projection of an index")),
    }
}
