//! Tests of the whole: models, querysets and the memory driver together.

mod aggregates;
mod behaviours;
mod by_key;
mod changes;
mod earliest;
mod explain;
mod faults;
mod golden;
mod lookups;
mod model_methods;
mod models;
mod naive;
mod naive_reads;
mod only;
mod pages;
mod projections;
mod quickstart;
mod registry;
mod settings;
mod sorted;
mod test_support;
mod text_lookups;
mod types;
mod unprocessed;
mod values;
