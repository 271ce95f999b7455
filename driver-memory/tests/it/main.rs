//! The memory driver from outside. Each module is named by the property it protects, each test by what would go wrong.

mod support;

mod batches_are_whole;
mod capacity_is_counted_as_the_service_does;
mod conditions_decide_writes;
mod histories_are_serialisable;
mod indexes_agree_with_tables;
mod indexes_hold_what_they_project;
mod items_expire_by_the_clock;
mod no_write_is_lost;
mod pages_join_up;
mod ranges_are_in_order;
mod refusals_speak_as_the_service;
mod schemas_keep_their_limits;
mod settings_are_kept;
mod streams_tell_every_change;
mod tables_come_and_go;
mod tables_live_by_the_clock;
mod the_driver_behaves_as_a_list_would;
mod time_is_injected;
mod transactions_are_whole;
mod updates_change_what_they_say;
