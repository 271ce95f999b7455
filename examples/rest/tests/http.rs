//! The service over HTTP, on a database in this process.

mod http {
    pub(crate) mod service;

    mod errors;
    mod items;
    mod lists;
    mod stopping;
}
