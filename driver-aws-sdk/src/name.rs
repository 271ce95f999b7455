//! The name of this driver.

/// Name returned by `Driver::name` and used in error messages.
pub(crate) const DRIVER_NAME: &str = "aws-sdk";
