//! Tests of the memory driver through its public API. Each module covers a subject, and each test is named for a property.

mod support;

mod adversarial;
mod batches;
mod clock_ends;
mod concurrent_writes;
mod consumed_capacity;
mod encryption;
mod index_consistency;
mod index_lifecycle;
mod index_projections;
mod injected_clock;
mod key_conditions;
mod model_comparison;
mod pagination;
mod resource_policies;
mod schema_limits;
mod serializability;
mod snapshots;
mod stream_iterators;
mod stream_records;
mod stream_shards;
mod table_lifecycle;
mod table_settings;
mod tables;
mod throughput_settings;
mod time_to_live;
mod transactions;
mod update_expressions;
mod update_table;
mod validation_errors;
mod write_conditions;
