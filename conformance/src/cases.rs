//! Every case: one file for each operation and theme.

/// What most cases need.
mod prelude {
    pub(super) use djamodb_core::driver::DriverExt as _;
    pub(super) use djamodb_core::expression::{
        Comparator, Condition, KeyCondition, Operand, Path, RangeCondition, SetValue, Update, UpdateOperand,
    };
    pub(super) use djamodb_core::plan::{
        BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeTable, GetItem, ListTables,
        OldItemOnFailure, PutItem, Query, ReturnOld, ReturnValues, Scan, Segment, Select, TableKeys, TableWrites,
        TagResource, UpdateContinuousBackups, UpdateItem, UpdateTimeToLive, WriteRequest,
    };
    pub(super) use djamodb_core::value::{AttributeValue, Item, Name, Number};

    pub(super) use crate::fixture::*;
    pub(super) use crate::models::*;
    pub(super) use crate::{CaseResult, Context, Failure, Refusal, Requirement, Theme, case, holds, same};
}
mod batch_get_item_keys;
mod batch_write_item_writes;
mod create_table_described;
mod create_table_refused;
mod delete_item_write;
mod delete_table_gone;
mod describe_table_missing;
mod empty_plan;
mod expression_comparisons;
mod expression_functions;
mod expression_refused;
mod expression_subject;
mod get_item_key;
mod get_item_projection;
mod list_tables_pages;
mod model_methods;
mod put_item_concurrent;
mod put_item_condition;
mod put_item_size;
mod put_item_write;
mod query_filter;
mod query_index;
mod query_index_projection;
mod query_key_condition;
mod query_key_condition_refused;
mod query_limit;
mod query_order;
mod query_paging;
mod query_select;
mod query_start_key;
mod queryset_all_items;
mod queryset_delete_items;
mod queryset_filter_lookups;
mod queryset_first_last;
mod queryset_order;
mod queryset_page_tokens;
mod queryset_whole_tables;
mod scan_index;
mod scan_read;
mod tag_resource_labels;
mod update_continuous_backups_setting;
mod update_item_clauses;
mod update_item_concurrent;
mod update_item_refused;
mod update_item_returns;
mod update_time_to_live_setting;
mod value_round_trip;
