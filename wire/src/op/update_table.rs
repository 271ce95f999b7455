//! [`UpdateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html): changes the settings or the
//! indexes of a table.

use djamodb_core::plan::{
    GlobalIndexUpdate, IndexUpdate, Metadata, Outcome, QueryPlan, StreamUpdate, UpdateTable, UpdateTableOutput,
};
use djamodb_core::schema::{Billing, KeyAttribute};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, Flag, List, Structure, Text, TypeName};
use crate::response_error::ResponseError;
use crate::shape::index::{SentIndex, UntypedIndex};
use crate::shape::key::{self, Definitions, SentDefinitions};
use crate::shape::settings::{self, SseSpecification, StreamSpecification};
use crate::shape::table::{Table, TableDescriptionResponse};
use crate::shape::throughput::{self, OnDemandThroughput, ProvisionedThroughput, SentWarmThroughput};
use crate::shape::{metadata, table_name, unsupported};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    attribute_definitions: Option<SentDefinitions>,
    table_name: Option<Text>,
    billing_mode: Option<Text>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    global_secondary_index_updates: Option<List<Element<SentUpdate>>>,
    stream_specification: Option<Structure<StreamSpecification>>,
    #[serde(rename = "SSESpecification")]
    sse_specification: Option<Structure<SseSpecification>>,
    table_class: Option<Text>,
    deletion_protection_enabled: Option<Flag>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
    replica_updates: Option<Json>,
    multi_region_consistency: Option<Json>,
    global_table_witness_updates: Option<Json>,
    global_table_settings_replication_mode: Option<Json>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentUpdate {
    update: Option<Structure<SentIndexUpdate>>,
    create: Option<Structure<SentIndex>>,
    delete: Option<Structure<SentIndexDeletion>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentIndexUpdate {
    index_name: Option<Text>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentIndexDeletion {
    index_name: Option<Text>,
}

impl TypeName for SentUpdate {
    const NAME: &'static str = "GlobalSecondaryIndexUpdate";
}

impl TypeName for SentIndexUpdate {
    const NAME: &'static str = "UpdateGlobalSecondaryIndexAction";
}

impl TypeName for SentIndexDeletion {
    const NAME: &'static str = "DeleteGlobalSecondaryIndexAction";
}

/// An update whose created index has no types of attributes yet.
enum UntypedUpdate {
    Create(Box<UntypedIndex>),
    Other(GlobalIndexUpdate),
}

impl SentUpdate {
    fn read(self, path: &str, violations: &mut Violations) -> Result<UntypedUpdate, RequestError> {
        let other = match (self.create, self.update, self.delete) {
            (Some(Structure(index)), None, None) => {
                return Ok(UntypedUpdate::Create(Box::new(index.read(&format!("{path}.create"), violations))));
            }
            (None, Some(Structure(update)), None) => {
                let path = format!("{path}.update");
                let Text(name) = violations.required(&format!("{path}.indexName"), update.index_name);
                let member = format!("{path}.provisionedThroughput");
                GlobalIndexUpdate::Update(IndexUpdate {
                    index: name.into(),
                    throughput: throughput::read(update.provisioned_throughput, &member, violations),
                    on_demand_maximum: throughput::read_maximum_update(update.on_demand_throughput),
                    warm_throughput: throughput::read_warm(update.warm_throughput),
                })
            }
            (None, None, Some(Structure(deletion))) => {
                let Text(name) = violations.required(&format!("{path}.delete.indexName"), deletion.index_name);
                GlobalIndexUpdate::Delete(name.into())
            }
            _ => {
                return Err(RequestError::validation(
                    "One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, \
                     GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
                ));
            }
        };
        Ok(UntypedUpdate::Other(other))
    }

    fn new(update: &GlobalIndexUpdate, billing: Option<Billing>) -> Self {
        let name = |index: &djamodb_core::value::Name| Some(Text(index.as_str().to_owned()));
        match update {
            GlobalIndexUpdate::Create(index) => Self {
                create: Some(Structure(SentIndex::global(index, billing.unwrap_or_default()))),
                ..Self::default()
            },
            GlobalIndexUpdate::Update(update) => Self {
                update: Some(Structure(SentIndexUpdate {
                    index_name: name(&update.index),
                    provisioned_throughput: update.throughput.map(throughput::write),
                    on_demand_throughput: throughput::write_maximum(update.on_demand_maximum),
                    warm_throughput: throughput::write_warm(update.warm_throughput),
                })),
                ..Self::default()
            },
            GlobalIndexUpdate::Delete(index) => {
                Self { delete: Some(Structure(SentIndexDeletion { index_name: name(index) })), ..Self::default() }
            }
        }
    }
}

impl Request {
    pub(crate) fn new(update: &UpdateTable) -> Self {
        let billing = update.billing.map(throughput::write_billing);
        let (billing_mode, provisioned_throughput) =
            billing.map_or((None, None), |(mode, throughput)| (Some(mode), throughput));
        let mut created: Vec<KeyAttribute> = Vec::new();
        for update in &update.global_indexes {
            let GlobalIndexUpdate::Create(index) = update else { continue };
            for attribute in index.key.attributes() {
                if !created.contains(attribute) {
                    created.push(attribute.clone());
                }
            }
        }
        let updates = update.global_indexes.iter().map(|index| Element(SentUpdate::new(index, update.billing)));
        Self {
            attribute_definitions: (!created.is_empty()).then(|| key::write_definitions(&created)),
            table_name: Some(table_name::write(&update.table)),
            billing_mode,
            provisioned_throughput,
            global_secondary_index_updates: (!update.global_indexes.is_empty()).then(|| List(updates.collect())),
            stream_specification: update.stream.map(|stream| match stream {
                StreamUpdate::Enable(view) => settings::write_stream(Some(view)),
                StreamUpdate::Disable => settings::write_stream(None),
            }),
            sse_specification: update.encryption.as_ref().map(settings::write_encryption),
            table_class: update.table_class.map(|class| Text(settings::class_name(class).to_owned())),
            deletion_protection_enabled: update.deletion_protection.map(Flag),
            on_demand_throughput: throughput::write_maximum(update.on_demand_maximum),
            warm_throughput: throughput::write_warm(update.warm_throughput),
            ..Self::default()
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let definitions = Definitions::read(self.attribute_definitions, &mut violations);
        let table = violations.required("tableName", self.table_name);
        let mode = throughput::read_mode(self.billing_mode, &mut violations);
        let throughput = throughput::read(self.provisioned_throughput, "provisionedThroughput", &mut violations);
        let mut updates = Vec::new();
        for (at, Element(update)) in self.global_secondary_index_updates.unwrap_or_default().0.into_iter().enumerate() {
            let path = format!("globalSecondaryIndexUpdates.{}.member", at + 1);
            updates.push(update.read(&path, &mut violations));
        }
        let stream = settings::read_stream(self.stream_specification, &mut violations);
        let encryption = settings::read_encryption(self.sse_specification, &mut violations);
        let table_class = settings::read_class(self.table_class, &mut violations);
        violations.check()?;
        unsupported::check(&[
            ("ReplicaUpdates", self.replica_updates.as_ref()),
            ("MultiRegionConsistency", self.multi_region_consistency.as_ref()),
            ("GlobalTableWitnessUpdates", self.global_table_witness_updates.as_ref()),
            ("GlobalTableSettingsReplicationMode", self.global_table_settings_replication_mode.as_ref()),
        ])?;
        let stream = stream.transpose()?.map(|view| match view {
            Some(view) => StreamUpdate::Enable(view),
            None => StreamUpdate::Disable,
        });
        let mut global_indexes = Vec::with_capacity(updates.len());
        for update in updates {
            global_indexes.push(match update? {
                UntypedUpdate::Create(index) => GlobalIndexUpdate::Create(index.global(&definitions)?),
                UntypedUpdate::Other(update) => update,
            });
        }
        let plan = UpdateTable {
            table: table_name::read(table),
            billing: throughput::billing(mode, throughput)?,
            global_indexes,
            stream,
            on_demand_maximum: throughput::read_maximum_update(self.on_demand_throughput),
            warm_throughput: throughput::read_warm(self.warm_throughput),
            encryption: encryption?,
            table_class,
            deletion_protection: self.deletion_protection_enabled.map(|Flag(protected)| protected),
        };
        Ok(plan.into())
    }
}

pub(crate) fn response(output: &UpdateTableOutput, _: &Metadata) -> TableDescriptionResponse {
    TableDescriptionResponse { table_description: Table::new(&output.table) }
}

pub(crate) fn outcome(response: TableDescriptionResponse) -> Result<Outcome, ResponseError> {
    let output = UpdateTableOutput { table: response.table_description.description()? };
    Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
}
