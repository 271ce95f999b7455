//! Tests of the whole: models, querysets and the memory driver together.

mod aggregates;
mod behaviours;
mod bulk;
mod by_key;
mod changes;
mod cursors;
mod earliest;
mod explain;
mod faults;
mod faults_of_many_writes;
mod fields;
mod golden;
mod ledger;
mod lookups;
mod model_methods;
mod models;
#[path = "../naive/naive.rs"]
mod naive;
mod only;
mod pages;
mod projections;
mod quickstart;
mod random;
mod registry;
mod settings;
mod sorted;
mod test_support;
mod text_lookups;
mod types;
mod unprocessed;
mod updates;
mod values;
