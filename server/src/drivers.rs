//! The drivers behind a server.

use std::fmt;
use std::sync::Arc;

use djamodb_core::driver::Driver;

use crate::identity::Identity;

/// The drivers behind a server: one for all requests, or one for each signer.
pub trait Drivers: Send + Sync + fmt::Debug + 'static {
    /// Returns the driver that answers the requests of a signer.
    fn driver(&self, signer: &Identity) -> Arc<dyn Driver>;
}

/// One driver for all requests.
#[derive(Clone, Debug)]
pub struct OneDriver(pub Arc<dyn Driver>);

impl Drivers for OneDriver {
    fn driver(&self, _: &Identity) -> Arc<dyn Driver> {
        self.0.clone()
    }
}
