//! Whether a plan may be sent twice.

use super::{QueryPlan, ReturnOld, ReturnValues, UpdateItem};
use crate::expression::{SetValue, UpdateOperand};

impl QueryPlan {
    /// Whether carrying this out twice is the same as once, in what it leaves behind and in what it answers: reads, writes
    /// without a condition whose result does not depend on what was there, and transactions with a token.
    pub fn is_idempotent(&self) -> bool {
        match self {
            Self::Empty
            | Self::GetItem(_)
            | Self::BatchGetItem(_)
            | Self::Query(_)
            | Self::Scan(_)
            | Self::Unsupported(_)
            | Self::TransactGetItems(_)
            | Self::DescribeTable(_)
            | Self::ListTables(_)
            | Self::BatchWriteItem(_)
            | Self::DescribeTimeToLive(_)
            | Self::UpdateContinuousBackups(_)
            | Self::DescribeContinuousBackups(_)
            | Self::TagResource(_)
            | Self::UntagResource(_)
            | Self::ListTagsOfResource(_)
            | Self::DescribeLimits(_)
            | Self::DescribeEndpoints(_)
            | Self::ListStreams(_)
            | Self::DescribeStream(_)
            | Self::GetShardIterator(_)
            | Self::GetRecords(_) => true,
            // The token is what the service knows the second sending by.
            Self::TransactWriteItems(write) => write.client_request_token.is_some(),
            Self::PutItem(put) => put.condition.is_none() && put.return_values == ReturnOld::None,
            Self::DeleteItem(delete) => delete.condition.is_none() && delete.return_values == ReturnOld::None,
            Self::UpdateItem(update) => is_idempotent(update),
            // Refused the second time, though it was done.
            Self::CreateTable(_) | Self::UpdateTable(_) | Self::DeleteTable(_) | Self::UpdateTimeToLive(_) => false,
        }
    }
}

fn is_idempotent(update: &UpdateItem) -> bool {
    let only_values = update.update.set.iter().all(|(_, value)| match value {
        SetValue::Operand(operand) => !depends_on_the_item(operand),
        SetValue::Plus(..) | SetValue::Minus(..) => false,
    });
    // Removing or setting an element moves the others, or adds one at the end.
    let no_list = update
        .update
        .targets()
        .all(|path| !path.steps.iter().any(|step| matches!(step, crate::expression::PathStep::Index(_))));
    let answers_the_same =
        matches!(update.return_values, ReturnValues::None | ReturnValues::AllNew | ReturnValues::UpdatedNew);
    update.condition.is_none() && update.update.add.is_empty() && only_values && no_list && answers_the_same
}

fn depends_on_the_item(operand: &UpdateOperand) -> bool {
    match operand {
        UpdateOperand::Value(_) => false,
        // What stands there after the first time is what stands there the second time.
        UpdateOperand::IfNotExists(_, otherwise) => depends_on_the_item(otherwise),
        UpdateOperand::Path(_) | UpdateOperand::ListAppend(..) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Condition, Path, Update};
    use crate::plan::{DeleteItem, PutItem};
    use crate::value::{AttributeValue, Item};

    #[test]
    fn only_what_may_be_done_twice_may_be_sent_twice() {
        let path = || Path::new("a");
        let update = |update: Update| QueryPlan::from(UpdateItem::new("t", Item::new(), update)).is_idempotent();
        assert!(update(Update::new().set(path(), UpdateOperand::value(1)).remove(Path::new("b"))));
        assert!(update(Update::new().delete(path(), AttributeValue::ss(["x"]))));
        assert!(!update(Update::new().add(path(), 1)));
        assert!(!update(Update::new().set(path(), Path::new("b"))));
        assert!(!update(Update::new().set(path(), UpdateOperand::list_append(path(), AttributeValue::l([])))));
        assert!(!update(Update::new().set(path(), SetValue::Plus(path().into(), UpdateOperand::value(1)))));
        assert!(!update(Update::new().remove(path().index(0))));

        assert!(QueryPlan::from(PutItem::new("t", Item::new())).is_idempotent());
        let guarded =
            PutItem { condition: Some(Condition::AttributeNotExists(path())), ..PutItem::new("t", Item::new()) };
        assert!(!QueryPlan::from(guarded).is_idempotent());
        let telling = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new("t", Item::new()) };
        assert!(!QueryPlan::from(telling).is_idempotent());
    }
}
