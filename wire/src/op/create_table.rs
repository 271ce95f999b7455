//! [`CreateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html): creates a table with its indexes.

use djamodb_core::plan::{CreateTable, CreateTableOutput, Metadata, Outcome, QueryPlan};
use djamodb_core::schema::{Encryption, TableClass, TableSchema};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, Flag, List, Structure, Text};
use crate::response_error::ResponseError;
use crate::shape::index::{SentIndex, UntypedIndex};
use crate::shape::key::{self, Definitions, SentDefinitions, SentKey, UntypedKey};
use crate::shape::settings::{self, SentTag, SseSpecification, StreamSpecification};
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
    key_schema: Option<SentKey>,
    local_secondary_indexes: Option<List<Element<SentIndex>>>,
    global_secondary_indexes: Option<List<Element<SentIndex>>>,
    billing_mode: Option<Text>,
    provisioned_throughput: Option<Structure<ProvisionedThroughput>>,
    stream_specification: Option<Structure<StreamSpecification>>,
    #[serde(rename = "SSESpecification")]
    sse_specification: Option<Structure<SseSpecification>>,
    tags: Option<List<Element<SentTag>>>,
    table_class: Option<Text>,
    deletion_protection_enabled: Option<Flag>,
    warm_throughput: Option<Structure<SentWarmThroughput>>,
    resource_policy: Option<Text>,
    on_demand_throughput: Option<Structure<OnDemandThroughput>>,
    global_table_source_arn: Option<Json>,
    global_table_settings_replication_mode: Option<Json>,
}

impl Request {
    /// Returns the request for a plan, without time to live and point-in-time recovery, which other operations set.
    pub(crate) fn new(create: &CreateTable) -> Self {
        let schema = &create.schema;
        let (billing_mode, provisioned_throughput) = throughput::write_billing(schema.billing);
        let some = |indexes: List<Element<SentIndex>>| Some(indexes).filter(|indexes| !indexes.0.is_empty());
        let local = schema.local_indexes.iter().map(|index| Element(SentIndex::local(index)));
        let global = schema.global_indexes.iter().map(|index| Element(SentIndex::global(index, schema.billing)));
        Self {
            attribute_definitions: Some(key::write_definitions(&schema.attribute_definitions())),
            table_name: Some(table_name::write(&schema.name)),
            key_schema: Some(key::write(&schema.key)),
            local_secondary_indexes: some(List(local.collect())),
            global_secondary_indexes: some(List(global.collect())),
            billing_mode: Some(billing_mode),
            provisioned_throughput,
            stream_specification: schema.stream.map(|view| settings::write_stream(Some(view))),
            sse_specification: (schema.encryption != Encryption::AwsOwned)
                .then(|| settings::write_encryption(&schema.encryption)),
            tags: (!schema.tags.is_empty()).then(|| settings::write_tags(&schema.tags)),
            table_class: (schema.table_class != TableClass::Standard)
                .then(|| Text(settings::class_name(schema.table_class).to_owned())),
            deletion_protection_enabled: schema.deletion_protection.then_some(Flag(true)),
            warm_throughput: throughput::write_warm(schema.warm_throughput),
            resource_policy: schema.resource_policy.clone().map(Text),
            on_demand_throughput: throughput::write_maximum(schema.on_demand_maximum),
            ..Self::default()
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        if self.attribute_definitions.is_none() {
            violations.null("attributeDefinitions");
        }
        let definitions = Definitions::read(self.attribute_definitions, &mut violations);
        let table = violations.required("tableName", self.table_name);
        let key = UntypedKey::read(self.key_schema, "keySchema", &mut violations);
        let is_empty = [
            ("LocalSecondaryIndexes", self.local_secondary_indexes.as_ref()),
            ("GlobalSecondaryIndexes", self.global_secondary_indexes.as_ref()),
        ];
        let empty =
            is_empty.iter().find(|(_, list)| list.is_some_and(|List(list)| list.is_empty())).map(|(name, _)| *name);
        let local = read_indexes(self.local_secondary_indexes, "localSecondaryIndexes", &mut violations);
        let global = read_indexes(self.global_secondary_indexes, "globalSecondaryIndexes", &mut violations);
        let mode = throughput::read_mode(self.billing_mode, &mut violations);
        let throughput = throughput::read(self.provisioned_throughput, "provisionedThroughput", &mut violations);
        let stream = settings::read_stream(self.stream_specification, &mut violations);
        let encryption = settings::read_encryption(self.sse_specification, &mut violations);
        let tags = settings::read_tags(self.tags, &mut violations);
        let table_class = settings::read_class(self.table_class, &mut violations);
        violations.check()?;
        unsupported::check(&[
            ("GlobalTableSourceArn", self.global_table_source_arn.as_ref()),
            ("GlobalTableSettingsReplicationMode", self.global_table_settings_replication_mode.as_ref()),
        ])?;
        definitions.check_unique()?;
        // Without a mode, the service requires a throughput.
        let mode = mode.unwrap_or(throughput::BillingMode::Provisioned);
        let billing = throughput::billing(Some(mode), throughput)?.unwrap_or_default();
        if let Some(list) = empty {
            return Err(RequestError::validation(format!(
                "One or more parameter values were invalid: List of {list} is empty"
            )));
        }
        global.iter().try_for_each(|index| index.check_throughput(mode))?;
        let schema = TableSchema {
            local_indexes: local.into_iter().map(|index| index.local(&definitions)).collect::<Result<_, _>>()?,
            global_indexes: global.into_iter().map(|index| index.global(&definitions)).collect::<Result<_, _>>()?,
            billing,
            on_demand_maximum: throughput::read_maximum(self.on_demand_throughput),
            warm_throughput: throughput::read_warm(self.warm_throughput),
            table_class: table_class.unwrap_or_default(),
            encryption: encryption?.unwrap_or_default(),
            resource_policy: self.resource_policy.map(|Text(policy)| policy),
            tags,
            stream: stream.transpose()?.flatten(),
            deletion_protection: self.deletion_protection_enabled == Some(Flag(true)),
            ..TableSchema::new(table_name::read(table), key.typed(&definitions, None)?)
        };
        let keys = std::iter::once(&schema.key)
            .chain(schema.local_indexes.iter().map(|index| &index.key))
            .chain(schema.global_indexes.iter().map(|index| &index.key));
        definitions.check_used(keys)?;
        Ok(CreateTable { schema }.into())
    }
}

fn read_indexes(
    indexes: Option<List<Element<SentIndex>>>,
    member: &str,
    violations: &mut Violations,
) -> Vec<UntypedIndex> {
    let indexes = indexes.unwrap_or_default().0.into_iter().enumerate();
    indexes.map(|(at, Element(index))| index.read(&format!("{member}.{}.member", at + 1), violations)).collect()
}

pub(crate) fn response(output: &CreateTableOutput, _: &Metadata) -> TableDescriptionResponse {
    TableDescriptionResponse { table_description: Table::new(&output.table) }
}

pub(crate) fn outcome(response: TableDescriptionResponse) -> Result<Outcome, ResponseError> {
    let output = CreateTableOutput { table: response.table_description.description()? };
    Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
}
