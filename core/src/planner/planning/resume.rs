//! Direction, and continuation after a page token.

use super::ReadPlanner;
use crate::plan::Query;
use crate::planner::{Access, EmptyReason, PageTokenError, PlanError};
use crate::value::Item;

impl ReadPlanner<'_> {
    /// Reverses the order of queries and keys if the request reads backwards, so that all items come in the opposite order.
    pub(super) fn in_direction(&self, mut access: Access) -> Access {
        if !self.request.forward {
            match &mut access {
                Access::Queries(queries) => queries.reverse(),
                Access::Keys(batch) => batch.keys.reverse(),
                Access::Empty(_) | Access::Get(_) | Access::Scan(_) => {}
            }
        }
        access
    }

    /// Starts after the request's page token, if it has one: drops the queries and keys before it.
    pub(super) fn resume(&self, access: Access) -> Result<Access, PlanError> {
        let Some(start) = &self.request.start else {
            return Ok(access);
        };
        let start = start.as_item();
        self.check_token(start).map_err(|reason| self.token_error(reason))?;
        let outside = || self.token_error(PageTokenError::OutsideOfQueryset);
        match access {
            Access::Queries(mut queries) => {
                let at = queries
                    .iter()
                    .position(|partition| partition.query.key_condition.holds_for(start))
                    .ok_or_else(outside)?;
                let ends = is_last_of_table(&queries[at].query, start);
                queries.drain(..at + usize::from(ends));
                match queries.first_mut() {
                    None => return Ok(Access::Empty(EmptyReason::LastKey)),
                    Some(first) if !ends => first.query.exclusive_start_key = Some(start.clone()),
                    Some(_) => {}
                }
                Ok(Access::Queries(queries))
            }
            Access::Scan(mut scan_plan) => {
                scan_plan.scan.exclusive_start_key = Some(start.clone());
                Ok(Access::Scan(scan_plan))
            }
            Access::Keys(mut batch) => {
                let last = start.pick(self.table_key().names());
                let at = batch.keys.iter().position(|key| *key == last).ok_or_else(outside)?;
                batch.keys.drain(..=at);
                Ok(if batch.keys.is_empty() { Access::Empty(EmptyReason::LastKey) } else { Access::Keys(batch) })
            }
            // The only item of the read was returned with the token.
            Access::Get(get) if start.pick(self.table_key().names()) == get.key => {
                Ok(Access::Empty(EmptyReason::LastKey))
            }
            Access::Get(_) => Err(outside()),
            Access::Empty(reason) => Ok(Access::Empty(reason)),
        }
    }

    /// Checks that a token has exactly the key attributes of the table and the index, with their types.
    fn check_token(&self, token: &Item) -> Result<(), PageTokenError> {
        for attribute in self.table_key().attributes().chain(self.index.key.attributes()) {
            let name = &attribute.name;
            let value = token.get(name).ok_or_else(|| PageTokenError::MissingAttribute(name.clone()))?;
            if value.value_type() != attribute.scalar.value_type() {
                return Err(PageTokenError::AttributeType {
                    attribute: name.clone(),
                    found: value.value_type(),
                    expected: attribute.scalar,
                });
            }
        }
        if token.len() == self.index.token_key.len() {
            return Ok(());
        }
        Err(PageTokenError::OtherAttributes { index: self.index.name.clone() })
    }

    fn token_error(&self, reason: PageTokenError) -> PlanError {
        PlanError::Token { model: self.model(), reason }
    }
}

/// Returns `true` if no item of the table can follow `start` in `query`. The service refuses to start there. In an index, several items can
/// have one key.
fn is_last_of_table(query: &Query, start: &Item) -> bool {
    query.index.is_none() && query.key_condition.ends_at(start, query.forward)
}
