//! What a table is like now.

use djamodb_core::plan::{LatestStream, TableDescription, TableStatus};
use djamodb_core::schema::{Billing, GlobalIndex, TableSchema};
use rusoto_dynamodb::{GlobalSecondaryIndexDescription, TableDescription as RusotoTable};

use super::key::Definitions;
use super::{Unreadable, index, index_description, key, number, schema, time};

/// A table as the service describes it: without the tags, time to live and point-in-time recovery, which it tells
/// elsewhere.
pub(crate) fn from_rusoto(table: Option<RusotoTable>) -> Result<TableDescription, Unreadable> {
    let table = table.ok_or(Unreadable::Missing("description of the table"))?;
    let definitions = key::definitions_from_rusoto(table.attribute_definitions.unwrap_or_default())?;
    let billing_mode = table.billing_mode_summary.and_then(|summary| summary.billing_mode);
    let billing = schema::billing_from_rusoto(billing_mode.as_deref(), table.provisioned_throughput)?;
    let global_indexes = table.global_secondary_indexes.unwrap_or_default();
    let local_indexes = table.local_secondary_indexes.unwrap_or_default();
    let global_descriptions = global_indexes.iter().map(index_description::global_from_rusoto);
    let descriptions = local_indexes.iter().map(index_description::local_from_rusoto).chain(global_descriptions);
    let descriptions = descriptions.collect::<Result<_, _>>()?;

    Ok(TableDescription {
        schema: TableSchema {
            name: table.table_name.ok_or(Unreadable::Missing("name of the table"))?.into(),
            key: key::from_rusoto(table.key_schema.unwrap_or_default(), &definitions)?,
            global_indexes: global_indexes
                .into_iter()
                .filter_map(|index| remaining_from_rusoto(index, &definitions, billing))
                .collect::<Result<_, _>>()?,
            local_indexes: local_indexes
                .into_iter()
                .map(|index| index::local_from_rusoto(index, &definitions))
                .collect::<Result<_, _>>()?,
            billing,
            tags: Vec::new(),
            time_to_live: None,
            stream: schema::stream_from_rusoto(table.stream_specification)?,
            point_in_time_recovery: false,
            deletion_protection: false,
        },
        arn: table.table_arn,
        status: status_from_rusoto(table.table_status.as_deref())?,
        created_at: table.creation_date_time.and_then(time::from_rusoto),
        item_count: number::to_u64(table.item_count),
        size_bytes: number::to_u64(table.table_size_bytes),
        indexes: descriptions,
        latest_stream: table
            .latest_stream_arn
            .zip(table.latest_stream_label)
            .map(|(arn, label)| LatestStream { arn, label }),
    })
}

/// A global index; nothing of one that is being deleted and whose key attributes have lost their types already, since
/// nothing else had them in its key. It is still among the indexes that are described.
fn remaining_from_rusoto(
    index: GlobalSecondaryIndexDescription,
    definitions: &Definitions,
    billing: Billing,
) -> Option<Result<GlobalIndex, Unreadable>> {
    let is_being_deleted = index.index_status.as_deref() == Some(index_description::DELETING);
    match index::global_from_rusoto(index, definitions, billing) {
        Err(Unreadable::Undefined(_)) if is_being_deleted => None,
        index => Some(index),
    }
}

fn status_from_rusoto(status: Option<&str>) -> Result<TableStatus, Unreadable> {
    match status.ok_or(Unreadable::Missing("status of the table"))? {
        "CREATING" => Ok(TableStatus::Creating),
        "ACTIVE" => Ok(TableStatus::Active),
        "UPDATING" => Ok(TableStatus::Updating),
        "DELETING" => Ok(TableStatus::Deleting),
        "INACCESSIBLE_ENCRYPTION_CREDENTIALS" => Ok(TableStatus::InaccessibleEncryptionCredentials),
        "ARCHIVING" => Ok(TableStatus::Archiving),
        "ARCHIVED" => Ok(TableStatus::Archived),
        "REPLICATION_NOT_AUTHORIZED" => Ok(TableStatus::ReplicationNotAuthorized),
        other => Err(Unreadable::unknown("table status", other)),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::plan::IndexStatus;
    use djamodb_core::schema::{IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, Throughput};
    use rusoto_dynamodb::{
        BillingModeSummary, GlobalSecondaryIndex, LocalSecondaryIndex, LocalSecondaryIndexDescription,
        ProvisionedThroughput, ProvisionedThroughputDescription, StreamSpecification,
    };

    use super::*;

    fn units(throughput: ProvisionedThroughput) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription {
            read_capacity_units: Some(throughput.read_capacity_units),
            write_capacity_units: Some(throughput.write_capacity_units),
            ..ProvisionedThroughputDescription::default()
        }
    }

    fn global(index: GlobalSecondaryIndex) -> GlobalSecondaryIndexDescription {
        GlobalSecondaryIndexDescription {
            index_name: Some(index.index_name),
            index_status: Some("ACTIVE".into()),
            key_schema: Some(index.key_schema),
            projection: Some(index.projection),
            provisioned_throughput: index.provisioned_throughput.map(units),
            ..GlobalSecondaryIndexDescription::default()
        }
    }

    fn local(index: LocalSecondaryIndex) -> LocalSecondaryIndexDescription {
        LocalSecondaryIndexDescription {
            index_name: Some(index.index_name),
            key_schema: Some(index.key_schema),
            projection: Some(index.projection),
            ..LocalSecondaryIndexDescription::default()
        }
    }

    /// What the service says of a table of this schema.
    fn described(schema: &TableSchema) -> RusotoTable {
        let global_indexes = schema.global_indexes.iter().cloned();
        let (billing_mode, throughput) = schema::billing_to_rusoto(schema.billing);
        RusotoTable {
            table_name: Some(schema.name.to_string()),
            table_status: Some("ACTIVE".into()),
            attribute_definitions: Some(key::definitions_to_rusoto(schema.attribute_definitions())),
            key_schema: Some(key::to_rusoto(schema.key.clone())),
            stream_specification: schema.stream.map(schema::stream_to_rusoto),
            billing_mode_summary: Some(BillingModeSummary { billing_mode, ..BillingModeSummary::default() }),
            provisioned_throughput: throughput.map(units),
            global_secondary_indexes: Some(
                global_indexes.map(|index| global(index::global_to_rusoto(index, schema.billing))).collect(),
            ),
            local_secondary_indexes: Some(
                schema.local_indexes.iter().cloned().map(|index| local(index::local_to_rusoto(index))).collect(),
            ),
            creation_date_time: Some(1_420_070_400.123),
            item_count: Some(3),
            table_size_bytes: Some(99),
            ..RusotoTable::default()
        }
    }

    fn schema() -> TableSchema {
        let key = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::s("date"));
        let mut schema = TableSchema::new("weather", key);
        let many = KeySchema {
            hash: vec![KeyAttribute::s("tenant"), KeyAttribute::n("year")],
            range: vec![KeyAttribute::s("kind"), KeyAttribute::b("digest")],
        };
        schema.global_indexes.push(GlobalIndex::new("many", many, IndexProjection::Include(vec!["wind".into()])));
        let keys = KeySchema::hash(KeyAttribute::s("kind"));
        schema.global_indexes.push(GlobalIndex::new("kinds", keys, IndexProjection::KeysOnly));
        let local = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::n("year"));
        schema.local_indexes.push(LocalIndex::new("years", local, IndexProjection::All));
        schema
    }

    #[test]
    fn a_description_gives_the_schema_back() {
        let mut schema = schema();
        let described_now = from_rusoto(Some(described(&schema))).unwrap();
        assert_eq!(described_now.schema, schema);
        assert_eq!(described_now.status, TableStatus::Active);
        assert_eq!(described_now.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00.123+00:00");
        assert_eq!((described_now.item_count, described_now.size_bytes), (3, 99));
        let indexes: Vec<_> = described_now.indexes.iter().map(|index| (index.name.as_str(), index.status)).collect();
        assert_eq!(
            indexes,
            [("years", None), ("many", Some(IndexStatus::Active)), ("kinds", Some(IndexStatus::Active))]
        );
        assert_eq!(described_now.latest_stream, None);

        schema.billing = Billing::Provisioned(Throughput { read_units: 5, write_units: 6 });
        schema.global_indexes[0].throughput = Some(Throughput { read_units: 7, write_units: 8 });
        schema.stream = Some(StreamView::NewImage);
        assert_eq!(from_rusoto(Some(described(&schema))).unwrap().schema, schema);
    }

    #[test]
    fn an_ended_stream_is_still_the_latest() {
        let streamed = RusotoTable {
            latest_stream_arn: Some("arn".into()),
            latest_stream_label: Some("2015-01-01T00:00:00.000".into()),
            ..described(&schema())
        };
        let described_now = from_rusoto(Some(streamed)).unwrap();
        let latest = LatestStream { arn: "arn".into(), label: "2015-01-01T00:00:00.000".into() };
        assert_eq!((described_now.latest_stream, described_now.schema.stream), (Some(latest), None));
    }

    #[test]
    fn every_state_is_known() {
        for (status, expected) in [
            ("CREATING", TableStatus::Creating),
            ("ACTIVE", TableStatus::Active),
            ("UPDATING", TableStatus::Updating),
            ("DELETING", TableStatus::Deleting),
            ("INACCESSIBLE_ENCRYPTION_CREDENTIALS", TableStatus::InaccessibleEncryptionCredentials),
            ("ARCHIVING", TableStatus::Archiving),
            ("ARCHIVED", TableStatus::Archived),
            ("REPLICATION_NOT_AUTHORIZED", TableStatus::ReplicationNotAuthorized),
        ] {
            assert_eq!(status_from_rusoto(Some(status)), Ok(expected));
        }
    }

    #[test]
    fn a_table_that_is_being_deleted_may_lack_its_key() {
        let table = RusotoTable {
            table_name: Some("weather".into()),
            table_status: Some("DELETING".into()),
            ..RusotoTable::default()
        };
        let table = from_rusoto(Some(table)).unwrap();
        assert_eq!(table.status, TableStatus::Deleting);
        assert_eq!(table.schema.key.attributes().count(), 0);
    }

    #[test]
    fn an_index_that_is_being_deleted_may_lack_its_types() {
        let with_status = |status: &str| {
            let mut table = described(&schema());
            table.attribute_definitions.as_mut().unwrap().retain(|attribute| attribute.attribute_name != "kind");
            for index in table.global_secondary_indexes.as_mut().unwrap() {
                index.index_status = Some(status.to_owned());
            }
            from_rusoto(Some(table))
        };
        let described_now = with_status("DELETING").unwrap();
        assert_eq!((described_now.schema.global_indexes.len(), described_now.indexes.len()), (0, 3));
        assert_eq!(with_status("ACTIVE"), Err(Unreadable::Undefined("kind".into())));
    }

    #[test]
    fn what_is_not_known_is_an_error_that_names_it() {
        let message = |table: RusotoTable| from_rusoto(Some(table)).unwrap_err().to_string();
        let resting = RusotoTable { table_status: Some("RESTING".into()), ..described(&schema()) };
        assert!(message(resting).contains("table status `RESTING`"));
        let untyped = RusotoTable { attribute_definitions: None, ..described(&schema()) };
        assert!(message(untyped).contains("`location`"));
        let stream = StreamSpecification { stream_enabled: true, stream_view_type: Some("NEW".into()) };
        let streamed = RusotoTable { stream_specification: Some(stream), ..described(&schema()) };
        assert!(message(streamed).contains("stream view `NEW`"));
        assert!(from_rusoto(None).is_err());
    }
}
