//! Descriptions of writes that follow a read.

use super::{Explain, Node, RATE_LIMIT};

impl Explain {
    /// Adds a step that writes the items whose keys are read. A plan that reads nothing writes nothing, and is unchanged.
    pub(crate) fn then_writes(self, write: Node) -> Self {
        if !self.sends_requests() {
            return self;
        }
        // The rate limit applies to the writes as well.
        let plan = match self.plan.operation {
            RATE_LIMIT => self.plan.with_input(|read| read.within(write)),
            _ => self.plan.within(write),
        };
        let mut explain = Self { plan, ..self };
        explain.warnings.push(
            "each matching item is also written, which consumes 1 write unit per KB in the table and in every index that \
             changes"
                .to_owned(),
        );
        explain
    }
}
