//! ARNs of a region and an account.

use std::sync::Arc;

use djamodb_core::value::Name;

use crate::options::MemoryOptions;

/// The prefixes of the ARNs of tables and keys. Its clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Arns {
    /// The part of a table's ARN before its name.
    tables: Arc<str>,
    /// The part of a key's ARN before its resource.
    keys: Arc<str>,
}

impl Arns {
    pub(crate) fn new(options: &MemoryOptions) -> Self {
        let MemoryOptions { region, account, .. } = options;
        Self {
            tables: format!("arn:aws:dynamodb:{region}:{account}:table/").into(),
            keys: format!("arn:aws:kms:{region}:{account}:").into(),
        }
    }

    /// Returns the ARN of the table of this name.
    pub(crate) fn table(&self, name: &Name) -> String {
        format!("{}{name}", self.tables)
    }

    /// Returns the part of a table's or stream's ARN from the name on, or `None` for another ARN.
    pub(crate) fn resource<'a>(&self, arn: &'a str) -> Option<&'a str> {
        arn.strip_prefix(&*self.tables)
    }

    /// Returns the ARN of a key. `resource` begins with `key/` or `alias/`.
    pub(crate) fn key(&self, resource: &str) -> String {
        format!("{}{resource}", self.keys)
    }
}
