//! Descriptions of tables.

use djamodb_core::plan::{
    EncryptionStatus, IndexDescription, IndexStatus, LatestStream, TableDescription, TableStatus,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, KeyAttribute, KeySchema, LocalIndex, TableSchema, Throughput, WarmThroughput,
};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::index::{self, Projection};
use super::key::{self, Definitions, SentDefinitions, SentKey, UntypedKey};
use super::settings::{self, SseDescription, StreamSpecification};
use super::throughput::{self, OnDemandThroughput, ProvisionedThroughput, SentWarmThroughput};
use super::{table_id, time};
use crate::json::{Flag, Long, Real, Structure};
use crate::response_error::ResponseError;
use crate::violations::Violations;

/// The description of a table on the wire.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Table {
    attribute_definitions: Option<SentDefinitions>,
    table_name: Option<String>,
    key_schema: Option<SentKey>,
    table_status: Option<String>,
    creation_date_time: Option<Real>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    table_size_bytes: Option<Long>,
    item_count: Option<Long>,
    table_arn: Option<String>,
    table_id: Option<String>,
    billing_mode_summary: Option<BillingModeSummary>,
    local_secondary_indexes: Option<Vec<Index>>,
    global_secondary_indexes: Option<Vec<Index>>,
    stream_specification: Option<Structure<StreamSpecification>>,
    latest_stream_label: Option<String>,
    latest_stream_arn: Option<String>,
    #[serde(rename = "SSEDescription")]
    sse_description: Option<SseDescription>,
    table_class_summary: Option<TableClassSummary>,
    deletion_protection_enabled: Option<Flag>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct BillingModeSummary {
    billing_mode: Option<String>,
    last_update_to_pay_per_request_date_time: Option<Real>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TableClassSummary {
    table_class: Option<String>,
}

/// The description of an index, local or global.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Index {
    index_name: Option<String>,
    key_schema: Option<SentKey>,
    projection: Option<Structure<Projection>>,
    index_status: Option<String>,
    backfilling: Option<Flag>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    index_size_bytes: Option<Long>,
    item_count: Option<Long>,
    index_arn: Option<String>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
}

impl Table {
    pub(crate) fn new(table: &TableDescription) -> Self {
        let schema = &table.schema;
        let provisioned = match schema.billing {
            Billing::PayPerRequest => None,
            Billing::Provisioned(throughput) => Some(throughput),
        };
        let created = table.created_at.map(time::write);
        let described = |name: &Name| table.indexes.iter().find(|index| index.name == *name);
        let local = schema.local_indexes.iter().map(|index| Index::local(index, described(&index.name)));
        let global =
            schema.global_indexes.iter().map(|index| Index::global(index, described(&index.name), provisioned));
        let some = |indexes: Vec<Index>| Some(indexes).filter(|indexes| !indexes.is_empty());
        Self {
            attribute_definitions: Some(key::write_definitions(&schema.attribute_definitions())),
            table_name: Some(schema.name.as_str().to_owned()),
            key_schema: Some(key::write(&schema.key)),
            table_status: Some(table_status_name(table.status).to_owned()),
            creation_date_time: created,
            provisioned_throughput: Some(throughput::describe(provisioned)),
            table_size_bytes: Some(throughput::long(table.size_bytes)),
            item_count: Some(throughput::long(table.item_count)),
            table_arn: table.arn.clone(),
            table_id: table.arn.as_deref().map(|arn| table_id::of(arn, table.created_at)),
            billing_mode_summary: (schema.billing == Billing::PayPerRequest).then(|| BillingModeSummary {
                billing_mode: Some("PAY_PER_REQUEST".to_owned()),
                last_update_to_pay_per_request_date_time: created,
            }),
            local_secondary_indexes: some(local.collect()),
            global_secondary_indexes: some(global.collect()),
            stream_specification: schema.stream.map(|view| settings::write_stream(Some(view))),
            latest_stream_label: table.latest_stream.as_ref().map(|stream| stream.label.clone()),
            latest_stream_arn: table.latest_stream.as_ref().map(|stream| stream.arn.clone()),
            sse_description: SseDescription::new(&schema.encryption, table.encryption_status),
            table_class_summary: (schema.table_class != djamodb_core::schema::TableClass::Standard)
                .then(|| TableClassSummary { table_class: Some(settings::class_name(schema.table_class).to_owned()) }),
            deletion_protection_enabled: Some(Flag(schema.deletion_protection)),
            on_demand_throughput: throughput::write_maximum(schema.on_demand_maximum),
            warm_throughput: table
                .warm_throughput
                .as_ref()
                .map(|warm| throughput::describe_warm(warm, table_status_name(warm.status))),
        }
    }

    pub(crate) fn description(self) -> Result<TableDescription, ResponseError> {
        // A server that describes types that are none has no valid description, whose key fails below.
        let definitions = Definitions::read(self.attribute_definitions, &mut Violations::default());
        let mode = self.billing_mode_summary.and_then(|summary| summary.billing_mode);
        let billing = billing(mode.as_deref(), throughput::described(self.provisioned_throughput));
        let local = self.local_secondary_indexes.unwrap_or_default();
        let global = self.global_secondary_indexes.unwrap_or_default();
        let indexes = local.iter().chain(&global).map(Index::description).collect::<Result<_, _>>()?;
        let (encryption, encryption_status): (_, Option<EncryptionStatus>) =
            self.sse_description.map_or((djamodb_core::schema::Encryption::AwsOwned, None), SseDescription::read);
        let name = self.table_name.ok_or(ResponseError::Missing("name of the table"))?;
        let status = self.table_status.as_deref().and_then(table_status);
        let schema = TableSchema {
            key: key_of(self.key_schema, &definitions)?,
            global_indexes: global
                .into_iter()
                .map(|index| index.global_index(&definitions, billing))
                .collect::<Result<_, _>>()?,
            local_indexes: local.into_iter().map(|index| index.local_index(&definitions)).collect::<Result<_, _>>()?,
            billing,
            on_demand_maximum: throughput::read_maximum(self.on_demand_throughput),
            table_class: self
                .table_class_summary
                .and_then(|summary| settings::class_of_name(&summary.table_class?))
                .unwrap_or_default(),
            encryption,
            stream: settings::described_stream(self.stream_specification),
            deletion_protection: self.deletion_protection_enabled == Some(Flag(true)),
            ..TableSchema::new(name, KeySchema::hash(KeyAttribute::s("")))
        };
        Ok(TableDescription {
            schema,
            arn: self.table_arn,
            status: status.ok_or(ResponseError::Missing("status of the table"))?,
            created_at: self.creation_date_time.and_then(time::read),
            item_count: self.item_count.map(throughput::unsigned).unwrap_or_default(),
            size_bytes: self.table_size_bytes.map(throughput::unsigned).unwrap_or_default(),
            indexes,
            latest_stream: self
                .latest_stream_arn
                .zip(self.latest_stream_label)
                .map(|(arn, label)| LatestStream { arn, label }),
            encryption_status,
            warm_throughput: throughput::described_warm(self.warm_throughput, table_status),
        })
    }
}

/// Returns the described billing. Without a mode, a throughput of at least 1 unit is provisioned.
fn billing(mode: Option<&str>, throughput: Option<Throughput>) -> Billing {
    match throughput.filter(|units| (units.read_units, units.write_units) != (0, 0)) {
        Some(throughput) if mode != Some("PAY_PER_REQUEST") => Billing::Provisioned(throughput),
        _ => Billing::PayPerRequest,
    }
}

/// Returns the key of a description. A table that is being deleted may have none.
fn key_of(key: Option<SentKey>, definitions: &Definitions) -> Result<KeySchema, ResponseError> {
    let key = UntypedKey::read(Some(key.unwrap_or_default()), "keySchema", &mut Violations::default());
    key.typed(definitions, Some("")).map_err(|error| ResponseError::Invalid(error.to_string()))
}

impl Index {
    fn local(index: &LocalIndex, described: Option<&IndexDescription>) -> Self {
        Self {
            index_name: Some(index.name.as_str().to_owned()),
            key_schema: Some(key::write(&index.key)),
            projection: Some(index::write_projection(&index.projection)),
            index_status: None,
            backfilling: None,
            provisioned_throughput: None,
            index_size_bytes: Some(throughput::long(described.map_or(0, |index| index.size_bytes))),
            item_count: Some(throughput::long(described.map_or(0, |index| index.item_count))),
            index_arn: described.and_then(|index| index.arn.clone()),
            on_demand_throughput: None,
            warm_throughput: None,
        }
    }

    fn global(index: &GlobalIndex, described: Option<&IndexDescription>, table: Option<Throughput>) -> Self {
        let throughput = table.map(|table| index.throughput.unwrap_or(table));
        let status = described.and_then(|index| index.status);
        let warm = described.and_then(|index| index.warm_throughput.as_ref());
        Self {
            index_name: Some(index.name.as_str().to_owned()),
            key_schema: Some(key::write(&index.key)),
            projection: Some(index::write_projection(&index.projection)),
            index_status: status.map(|status| index_status_name(status).to_owned()),
            backfilling: described.is_some_and(|index| index.backfilling).then_some(Flag(true)),
            provisioned_throughput: Some(throughput::describe(throughput)),
            index_size_bytes: Some(throughput::long(described.map_or(0, |index| index.size_bytes))),
            item_count: Some(throughput::long(described.map_or(0, |index| index.item_count))),
            index_arn: described.and_then(|index| index.arn.clone()),
            on_demand_throughput: throughput::write_maximum(index.on_demand_maximum),
            warm_throughput: warm.map(|warm| throughput::describe_warm(warm, index_status_name(warm.status))),
        }
    }

    fn name(&self) -> Result<Name, ResponseError> {
        self.index_name.as_deref().map(Name::from).ok_or(ResponseError::Missing("name of an index"))
    }

    fn description(&self) -> Result<IndexDescription, ResponseError> {
        Ok(IndexDescription {
            name: self.name()?,
            arn: self.index_arn.clone(),
            status: self.index_status.as_deref().and_then(index_status),
            backfilling: self.backfilling == Some(Flag(true)),
            item_count: self.item_count.map(throughput::unsigned).unwrap_or_default(),
            size_bytes: self.index_size_bytes.map(throughput::unsigned).unwrap_or_default(),
            warm_throughput: throughput::described_warm(self.warm_throughput.clone(), index_status),
        })
    }

    fn local_index(self, definitions: &Definitions) -> Result<LocalIndex, ResponseError> {
        let name = self.name()?;
        let projection = index::described_projection(self.projection);
        Ok(LocalIndex {
            name,
            key: key_of(self.key_schema, definitions)?,
            projection: projection.ok_or(ResponseError::Missing("projection of an index"))?,
        })
    }

    /// Returns the global index. Its throughput is `None` if it equals that of the table, which is the default of a new index.
    fn global_index(self, definitions: &Definitions, billing: Billing) -> Result<GlobalIndex, ResponseError> {
        let name = self.name()?;
        let throughput = match billing {
            Billing::PayPerRequest => None,
            Billing::Provisioned(table) => {
                throughput::described(self.provisioned_throughput).filter(|own| *own != table)
            }
        };
        let projection = index::described_projection(self.projection);
        Ok(GlobalIndex {
            name,
            key: key_of(self.key_schema, definitions)?,
            projection: projection.ok_or(ResponseError::Missing("projection of an index"))?,
            throughput,
            on_demand_maximum: throughput::read_maximum(self.on_demand_throughput),
            warm_throughput: WarmThroughput::UNSPECIFIED,
        })
    }
}

const TABLE_STATUSES: [(&str, TableStatus); 8] = [
    ("CREATING", TableStatus::Creating),
    ("ACTIVE", TableStatus::Active),
    ("UPDATING", TableStatus::Updating),
    ("DELETING", TableStatus::Deleting),
    ("INACCESSIBLE_ENCRYPTION_CREDENTIALS", TableStatus::InaccessibleEncryptionCredentials),
    ("ARCHIVING", TableStatus::Archiving),
    ("ARCHIVED", TableStatus::Archived),
    ("REPLICATION_NOT_AUTHORIZED", TableStatus::ReplicationNotAuthorized),
];

const INDEX_STATUSES: [(&str, IndexStatus); 4] = [
    ("CREATING", IndexStatus::Creating),
    ("ACTIVE", IndexStatus::Active),
    ("UPDATING", IndexStatus::Updating),
    ("DELETING", IndexStatus::Deleting),
];

fn table_status_name(status: TableStatus) -> &'static str {
    TABLE_STATUSES.iter().find(|(_, known)| *known == status).map_or("ACTIVE", |(name, _)| name)
}

fn table_status(name: &str) -> Option<TableStatus> {
    TABLE_STATUSES.iter().find(|(known, _)| *known == name).map(|(_, status)| *status)
}

fn index_status_name(status: IndexStatus) -> &'static str {
    INDEX_STATUSES.iter().find(|(_, known)| *known == status).map_or("ACTIVE", |(name, _)| name)
}

fn index_status(name: &str) -> Option<IndexStatus> {
    INDEX_STATUSES.iter().find(|(known, _)| *known == name).map(|(_, status)| *status)
}

/// The response of an operation that returns the description of a table.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TableDescriptionResponse {
    pub(crate) table_description: Table,
}

/// The response to `DescribeTable`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TableResponse {
    pub(crate) table: Table,
}
