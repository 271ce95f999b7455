//! Tests of the whole: models, querysets and the memory driver together.

mod behaviours;
mod bulk;
mod changes;
mod cursors;
mod explain;
mod faults;
mod faults_of_many_writes;
mod fields;
mod golden;
mod ledger;
mod lookups;
mod model_methods;
mod models;
mod naive;
mod pages;
mod projections;
mod quickstart;
mod registry;
mod settings;
mod test_support;
mod text_lookups;
mod types;
mod unprocessed;
mod updates;
