//! Secondary indexes in requests.

use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeySchema, LocalIndex, Throughput};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::key::{self, Definitions, SentKey, UntypedKey};
use super::throughput::{self, BillingMode, OnDemandThroughput, ProvisionedThroughput, SentWarmThroughput};
use crate::error::RequestError;
use crate::json::{List, Structure, Text, TypeName};
use crate::violations::Violations;

/// An index that is created, local or global.
#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentIndex {
    index_name: Option<Text>,
    key_schema: Option<SentKey>,
    projection: Option<Structure<Projection>>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Projection {
    projection_type: Option<Text>,
    non_key_attributes: Option<List<Text>>,
}

impl TypeName for SentIndex {
    const NAME: &'static str = "GlobalSecondaryIndex";
}

impl TypeName for Projection {
    const NAME: &'static str = "Projection";
}

/// An index whose key attributes have no types yet.
pub(crate) struct UntypedIndex {
    name: Name,
    key: UntypedKey,
    projection: Projection,
    projection_type: Option<ProjectionType>,
    throughput: Option<Throughput>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
}

/// The value of `ProjectionType`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ProjectionType {
    All,
    Include,
    KeysOnly,
}

impl SentIndex {
    /// Reads an index. `path` is its path in the request.
    pub(crate) fn read(self, path: &str, violations: &mut Violations) -> UntypedIndex {
        let Text(name) = violations.required(&format!("{path}.indexName"), self.index_name);
        let key = UntypedKey::read(self.key_schema, &format!("{path}.keySchema"), violations);
        if self.projection.is_none() {
            violations.null(&format!("{path}.projection"));
        }
        let Structure(mut projection) = self.projection.unwrap_or_default();
        let values = [
            ("ALL", ProjectionType::All),
            ("INCLUDE", ProjectionType::Include),
            ("KEYS_ONLY", ProjectionType::KeysOnly),
        ];
        let member = format!("{path}.projection.projectionType");
        let projection_type = violations.one_of(&member, projection.projection_type.take(), &values);
        let throughput =
            throughput::read(self.provisioned_throughput, &format!("{path}.provisionedThroughput"), violations);
        UntypedIndex {
            name: name.into(),
            key,
            projection,
            projection_type,
            throughput,
            on_demand_throughput: self.on_demand_throughput,
            warm_throughput: self.warm_throughput,
        }
    }

    /// Returns the request for a global index. Its throughput is that of the table if it has no own one.
    pub(crate) fn global(index: &GlobalIndex, billing: Billing) -> Self {
        let throughput = match billing {
            Billing::PayPerRequest => index.throughput,
            Billing::Provisioned(table) => Some(index.throughput.unwrap_or(table)),
        };
        Self {
            provisioned_throughput: throughput.map(throughput::write),
            on_demand_throughput: throughput::write_maximum(index.on_demand_maximum),
            warm_throughput: throughput::write_warm(index.warm_throughput),
            ..Self::new(&index.name, &index.key, &index.projection)
        }
    }

    /// Returns the request for a local index.
    pub(crate) fn local(index: &LocalIndex) -> Self {
        Self::new(&index.name, &index.key, &index.projection)
    }

    fn new(name: &Name, key: &KeySchema, projection: &IndexProjection) -> Self {
        Self {
            index_name: Some(Text(name.as_str().to_owned())),
            key_schema: Some(key::write(key)),
            projection: Some(write_projection(projection)),
            ..Self::default()
        }
    }
}

impl UntypedIndex {
    /// Checks that a global index has a throughput if and only if its table has one.
    pub(crate) fn check_throughput(&self, mode: BillingMode) -> Result<(), RequestError> {
        let Self { name, throughput, .. } = self;
        let reason = match (mode, throughput) {
            (BillingMode::Provisioned, None) => format!("ProvisionedThroughput is not specified for index: {name}"),
            (BillingMode::PayPerRequest, Some(_)) => {
                format!(
                    "ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST"
                )
            }
            _ => return Ok(()),
        };
        Err(RequestError::validation(format!("One or more parameter values were invalid: {reason}")))
    }

    /// Returns the global index with the types of its key attributes.
    pub(crate) fn global(self, definitions: &Definitions) -> Result<GlobalIndex, RequestError> {
        let projection = projection(self.projection_type, self.projection)?;
        Ok(GlobalIndex {
            key: self.key.typed(definitions, Some(&self.name))?,
            name: self.name,
            projection,
            throughput: self.throughput,
            on_demand_maximum: throughput::read_maximum(self.on_demand_throughput),
            warm_throughput: throughput::read_warm(self.warm_throughput),
        })
    }

    /// Returns the local index with the types of its key attributes.
    pub(crate) fn local(self, definitions: &Definitions) -> Result<LocalIndex, RequestError> {
        let projection = projection(self.projection_type, self.projection)?;
        Ok(LocalIndex { key: self.key.typed(definitions, Some(&self.name))?, name: self.name, projection })
    }
}

fn projection(kind: Option<ProjectionType>, projection: Projection) -> Result<IndexProjection, RequestError> {
    let names = projection.non_key_attributes;
    let invalid =
        |reason: &str| Err(RequestError::validation(format!("One or more parameter values were invalid: {reason}")));
    match (kind, names) {
        (None, _) => invalid("Unknown ProjectionType: null"),
        (Some(ProjectionType::All), None) => Ok(IndexProjection::All),
        (Some(ProjectionType::KeysOnly), None) => Ok(IndexProjection::KeysOnly),
        (Some(ProjectionType::Include), Some(List(names))) => {
            Ok(IndexProjection::Include(names.into_iter().map(|Text(name)| name.into()).collect()))
        }
        (Some(ProjectionType::Include), None) => {
            invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        }
        (Some(ProjectionType::All), Some(_)) => invalid("ProjectionType is ALL, but NonKeyAttributes is specified"),
        (Some(ProjectionType::KeysOnly), Some(_)) => {
            invalid("ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified")
        }
    }
}

pub(crate) fn write_projection(projection: &IndexProjection) -> Structure<Projection> {
    let (projection_type, names) = match projection {
        IndexProjection::All => ("ALL", None),
        IndexProjection::KeysOnly => ("KEYS_ONLY", None),
        IndexProjection::Include(names) => ("INCLUDE", Some(names)),
    };
    let names = names.map(|names| List(names.iter().map(|name| Text(name.as_str().to_owned())).collect()));
    Structure(Projection { projection_type: Some(Text(projection_type.to_owned())), non_key_attributes: names })
}

/// Returns the projection of a description.
pub(crate) fn described_projection(projection: Option<Structure<Projection>>) -> Option<IndexProjection> {
    let Structure(projection) = projection?;
    let Text(kind) = projection.projection_type?;
    Some(match kind.as_str() {
        "ALL" => IndexProjection::All,
        "KEYS_ONLY" => IndexProjection::KeysOnly,
        "INCLUDE" => {
            let List(names) = projection.non_key_attributes.unwrap_or_default();
            IndexProjection::Include(names.into_iter().map(|Text(name)| name.into()).collect())
        }
        _ => return None,
    })
}
