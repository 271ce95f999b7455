//! The suite on the memory driver. After each case, every index of the driver is compared with its table.

use std::process::ExitCode;

use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_driver_memory::MemoryDriver;

fn main() -> ExitCode {
    let driver = MemoryDriver::new();
    let checked = driver.clone();
    let target = Target::new("memory", Backend::MEMORY, move || {
        let driver = driver.clone();
        async { Ok(driver) }
    });
    main_with(Suite::new().target(target.check(move || checked.check())))
}
