//! Parts that the requests and responses of several operations share.

pub(crate) mod capacity;
pub(crate) mod continuous_backups;
pub(crate) mod index;
pub(crate) mod item_collection;
pub(crate) mod key;
pub(crate) mod metadata;
pub(crate) mod page;
pub(crate) mod returns;
pub(crate) mod select;
pub(crate) mod settings;
pub(crate) mod table;
pub(crate) mod table_id;
pub(crate) mod table_name;
pub(crate) mod table_only;
pub(crate) mod throughput;
pub(crate) mod time;
pub(crate) mod unsupported;
pub(crate) mod write_options;
pub(crate) mod write_response;
