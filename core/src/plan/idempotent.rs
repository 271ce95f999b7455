//! Idempotence of plans.

use super::{ExpectedPolicy, QueryPlan, ReturnOld, ReturnValues, TransactWriteItems, UpdateItem};
use crate::expression::{SetValue, UpdateOperand};

impl QueryPlan {
    /// Returns `true` if executing the plan twice has the same effect and the same response as executing it once.
    ///
    /// This holds for reads, for unconditional writes whose result does not depend on the stored item, and for transactions with a
    /// client request token.
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
            | Self::GetResourcePolicy(_)
            | Self::DescribeLimits(_)
            | Self::DescribeEndpoints(_)
            | Self::ListStreams(_)
            | Self::DescribeStream(_)
            | Self::GetShardIterator(_)
            | Self::GetRecords(_) => true,
            // The service recognises the second request by its token.
            Self::TransactWriteItems(write) => write.client_request_token.is_some(),
            Self::PutItem(put) => put.condition.is_none() && put.return_values == ReturnOld::None,
            Self::DeleteItem(delete) => delete.condition.is_none() && delete.return_values == ReturnOld::None,
            Self::UpdateItem(update) => is_idempotent(update),
            // The revision that the request expects is no longer the present one, unless the policy did not change.
            Self::PutResourcePolicy(put) => put.expected == ExpectedPolicy::Any,
            // The service refuses the second request, although the first one succeeded. A second deletion of a policy does not return the
            // revision of the one that was removed.
            Self::CreateTable(_)
            | Self::UpdateTable(_)
            | Self::DeleteTable(_)
            | Self::UpdateTimeToLive(_)
            | Self::DeleteResourcePolicy(_) => false,
        }
    }
}

impl QueryPlan {
    /// Gives a transaction that has no client request token one of 128 random bits. Other plans are returned unchanged.
    ///
    /// The service carries out a transaction with the same token only once, so that the plan becomes
    /// [idempotent](Self::is_idempotent). Drivers and layers that repeat requests call this once for each plan, before its first
    /// attempt. `seed` returns random bits, see [`Clock::seed`](crate::driver::Clock::seed).
    ///
    /// ```
    /// use djamodb_core::plan::{QueryPlan, TransactPut, TransactWriteItems};
    /// use djamodb_core::value::Item;
    ///
    /// let write = TransactWriteItems::new([TransactPut::new("weather", Item::new().with("id", 1)).into()]);
    /// let plan = QueryPlan::from(write);
    /// assert!(!plan.is_idempotent());
    /// # let clock_seed = || 7;
    /// assert!(plan.with_client_request_token(clock_seed).is_idempotent());
    /// ```
    #[must_use]
    pub fn with_client_request_token(mut self, mut seed: impl FnMut() -> u64) -> Self {
        if let Self::TransactWriteItems(TransactWriteItems { client_request_token: token @ None, .. }) = &mut self {
            *token = Some(format!("{:016x}{:016x}", seed(), seed()));
        }
        self
    }
}

fn is_idempotent(update: &UpdateItem) -> bool {
    let only_values = update.update.set.iter().all(|(_, value)| match value {
        SetValue::Operand(operand) => !depends_on_item(operand),
        SetValue::Plus(..) | SetValue::Minus(..) => false,
    });
    // Removing an element of a list moves the elements after it, and setting one past the end appends it.
    let no_list = update
        .update
        .targets()
        .all(|path| !path.steps.iter().any(|step| matches!(step, crate::expression::PathStep::Index(_))));
    let same_response =
        matches!(update.return_values, ReturnValues::None | ReturnValues::AllNew | ReturnValues::UpdatedNew);
    update.condition.is_none() && update.update.add.is_empty() && only_values && no_list && same_response
}

fn depends_on_item(operand: &UpdateOperand) -> bool {
    operand.nodes().any(|operand| match operand {
        // The second update finds the value that the first one stored.
        UpdateOperand::Value(_) | UpdateOperand::IfNotExists(..) => false,
        UpdateOperand::Path(_) | UpdateOperand::ListAppend(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Condition, Path, Update};
    use crate::plan::{DeleteItem, PutItem, TransactPut};
    use crate::value::{AttributeValue, Item};

    #[test]
    fn only_a_transaction_without_a_token_receives_one() {
        let token = |plan: QueryPlan| match plan.with_client_request_token({
            let mut seeds = 1..;
            move || seeds.next().unwrap_or_default()
        }) {
            QueryPlan::TransactWriteItems(write) => write.client_request_token,
            other => panic!("another operation: {other:?}"),
        };
        let write = || TransactWriteItems::new([TransactPut::new("t", Item::new()).into()]);
        let generated = token(write().into()).unwrap();
        assert_eq!(generated, "00000000000000010000000000000002");
        assert!(generated.len() <= TransactWriteItems::TOKEN_MAX);
        assert_eq!(token(write().with_token("mine").into()).as_deref(), Some("mine"));

        let put = QueryPlan::from(PutItem::new("t", Item::new()));
        assert_eq!(put.clone().with_client_request_token(|| unreachable!("a put has no token")), put);
    }

    #[test]
    fn writes_that_depend_on_the_stored_item_are_not_idempotent() {
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
        let conditional =
            PutItem { condition: Some(Condition::AttributeNotExists(path())), ..PutItem::new("t", Item::new()) };
        assert!(!QueryPlan::from(conditional).is_idempotent());
        let returning = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new("t", Item::new()) };
        assert!(!QueryPlan::from(returning).is_idempotent());
    }
}
