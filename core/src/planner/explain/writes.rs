//! Writes that follow what is read.

use super::{Explain, Node, RATE_LIMIT, RequestClass};

impl Explain {
    /// A step that writes around one that reads keys. Where nothing is read, nothing is written.
    pub(crate) fn then_writes(self, write: Node) -> Self {
        if self.cost.requests == RequestClass::None {
            return self;
        }
        // What is written counts towards a rate too.
        let plan = match self.plan.operation {
            RATE_LIMIT => self.plan.with_input(|read| read.within(write)),
            _ => self.plan.within(write),
        };
        let mut explain = Self { plan, ..self };
        explain.warnings.push(
            "each item that matches costs a write too: a write unit for each KB, in the table and in every index that changes"
                .to_owned(),
        );
        explain
    }
}
