//! Validation of requests, in the order in which the service applies its rules.
//!
//! A request is validated twice: by itself (`request`), before its table is looked up, and against the table's schema
//! (`against`). Rules about the current item are in the operation. A request that has no rule but that for the table's
//! name applies it in the operation.

pub(crate) mod batch_get_item;
pub(crate) mod batch_write_item;
pub(crate) mod constraints;
pub(crate) mod create_table;
pub(crate) mod delete_item;
pub(crate) mod get_item;
pub(crate) mod list_tables;
pub(crate) mod put_item;
pub(crate) mod query;
pub(crate) mod resource_policy;
pub(crate) mod rule;
pub(crate) mod scan;
pub(crate) mod streams;
pub(crate) mod table_constraints;
pub(crate) mod tags;
pub(crate) mod transact_get_items;
pub(crate) mod transact_write_items;
pub(crate) mod update_item;
pub(crate) mod update_table;
pub(crate) mod update_time_to_live;
