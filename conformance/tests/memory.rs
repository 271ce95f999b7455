//! The suite on the memory driver.

use std::process::ExitCode;

use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_driver_memory::MemoryDriver;

fn main() -> ExitCode {
    main_with(Suite::new().target(Target::new("memory", Backend::MEMORY, async || Ok(MemoryDriver::new()))))
}
