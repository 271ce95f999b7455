//! Tables that are apart for each signer.

use std::collections::HashMap;
use std::sync::Arc;

use djamodb_core::driver::Driver;
use djamodb_driver_memory::{MemoryDriver, MemoryOptions};
use djamodb_server::{Drivers, Identity};
use parking_lot::Mutex;

/// Largest number of signers with tables of their own. Further ones share those of the empty key.
const SIGNERS_MAX: usize = 10_000;

/// A memory driver for each access key and region.
#[derive(Debug)]
pub(crate) struct IsolatedDrivers {
    options: MemoryOptions,
    drivers: Mutex<HashMap<Identity, Arc<MemoryDriver>>>,
}

impl IsolatedDrivers {
    pub(crate) fn new(options: MemoryOptions) -> Self {
        Self { options, drivers: Mutex::new(HashMap::new()) }
    }
}

impl Drivers for IsolatedDrivers {
    fn driver(&self, signer: &Identity) -> Arc<dyn Driver> {
        let mut drivers = self.drivers.lock();
        if let Some(driver) = drivers.get(signer) {
            return driver.clone();
        }
        let signer = if drivers.len() < SIGNERS_MAX { signer.clone() } else { Identity::default() };
        let options = || {
            let region = if signer.region.is_empty() { &self.options.region } else { &signer.region };
            MemoryOptions { region: region.clone(), ..self.options.clone() }
        };
        let new = || Arc::new(MemoryDriver::with_options(options()));
        drivers.entry(signer.clone()).or_insert_with(new).clone()
    }
}
