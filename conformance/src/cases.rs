//! All cases of this crate, one file for each operation and theme.

/// Imports that most cases need.
mod prelude {
    pub(super) use djamodb_core::driver::{CancellationCode, CancellationReason, DriverExt as _};
    pub(super) use djamodb_core::expression::{
        Comparator, Condition, KeyCondition, Operand, Path, RangeCondition, SetValue, Update, UpdateOperand,
    };
    pub(super) use djamodb_core::plan::{
        BatchGetItem, BatchWriteItem, ConditionCheck, CreateTable, DeleteItem, DeleteTable, DescribeTable, GetItem,
        GetRecords, GetShardIterator, ListTables, OldItemOnFailure, PutItem, Query, ReturnConsumedCapacity, ReturnOld,
        ReturnValues, Scan, Segment, Select, ShardPosition, StreamEvent, StreamRecord, TableKeys, TableWrites,
        TagResource, TransactDelete, TransactGet, TransactGetItems, TransactPut, TransactUpdate, TransactWriteItem,
        TransactWriteItems, UpdateContinuousBackups, UpdateItem, UpdateTable, UpdateTimeToLive, WriteRequest,
    };
    pub(super) use djamodb_core::value::{AttributeValue, Item, Name, Number};

    pub(super) use crate::capacity::*;
    pub(super) use crate::fixtures::*;
    pub(super) use crate::models::*;
    pub(super) use crate::streams::*;
    pub(super) use crate::tables::*;
    pub(super) use crate::{CaseResult, Context, ExpectedError, Failure, Requirement, Theme, case, ensure, ensure_eq};
}
mod batch_get_item_capacity;
mod batch_get_item_keys;
mod batch_write_item_capacity;
mod batch_write_item_writes;
mod create_table_schema;
mod create_table_validation;
mod delete_item_capacity;
mod delete_item_write;
mod delete_resource_policy_removal;
mod delete_table_removal;
mod describe_continuous_backups_setting;
mod describe_endpoints_address;
mod describe_limits_quotas;
mod describe_stream_shards;
mod describe_table_missing_table;
mod describe_time_to_live_setting;
mod empty_plan;
mod expression_comparisons;
mod expression_functions;
mod expression_sample;
mod expression_validation;
mod get_item_capacity;
mod get_item_key;
mod get_item_projection;
mod get_records_changes;
mod get_records_pages;
mod get_resource_policy_text;
mod get_shard_iterator_positions;
mod index_select;
mod item_collections;
mod list_streams_pages;
mod list_tables_pages;
mod list_tags_of_resource_tags;
mod model_batches;
mod model_changes;
mod model_composed_keys;
mod model_custom_querysets;
mod model_date_times;
mod model_enums;
mod model_expiry;
mod model_fields;
mod model_keys;
mod model_methods;
mod model_named_keys;
mod model_saved_changes;
mod model_signals;
mod model_transactions;
mod model_tuples;
mod model_unique;
mod model_versions;
mod put_item_capacity;
mod put_item_concurrent;
mod put_item_condition;
mod put_item_size;
mod put_item_write;
mod put_resource_policy_revisions;
mod query_capacity;
mod query_filter;
mod query_index;
mod query_index_projection;
mod query_key_condition;
mod query_key_condition_validation;
mod query_limit;
mod query_order;
mod query_paging;
mod query_select;
mod query_start_key;
mod queryset_all_items;
mod queryset_delete_items;
mod queryset_edits;
mod queryset_filter_lookups;
mod queryset_first_last;
mod queryset_hydrate;
mod queryset_ledger;
mod queryset_managers;
mod queryset_order;
mod queryset_page_tokens;
mod queryset_rate_limit;
mod queryset_scan;
mod queryset_scan_policy;
mod queryset_sizes;
mod queryset_union;
mod queryset_update_items;
mod queryset_values;
mod request_constraints;
mod request_faults;
mod scan_capacity;
mod scan_index;
mod scan_read;
mod scan_segments;
mod stream_faults;
mod table_faults;
mod tag_resource_tags;
mod time_to_live_expiry;
mod transact_get_items_reads;
mod transact_items_capacity;
mod transact_write_items_canceled;
mod transact_write_items_concurrent;
mod transact_write_items_token;
mod transact_write_items_validation;
mod transact_write_items_writes;
mod unsupported_operations;
mod untag_resource_tags;
mod update_continuous_backups_setting;
mod update_item_capacity;
mod update_item_clauses;
mod update_item_concurrent;
mod update_item_returns;
mod update_item_validation;
mod update_table_encryption;
mod update_table_indexes;
mod update_table_settings;
mod update_table_stream;
mod update_table_throughput;
mod update_time_to_live_setting;
mod value_round_trip;
