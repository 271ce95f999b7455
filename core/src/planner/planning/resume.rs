//! The order of what is read, and going on after a page token.

use super::ReadPlanner;
use crate::planner::{Access, PlanError};
use crate::value::Item;

impl ReadPlanner<'_> {
    /// Backwards, everything comes in exactly the opposite order.
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

    /// Goes on after the start key, if there is one: leaves out what lies before it.
    pub(super) fn resume(&self, access: Access) -> Result<Access, PlanError> {
        let Some(start) = &self.request.start else {
            return Ok(access);
        };
        let start = start.as_item();
        self.check_token(start)?;
        let foreign = || self.token_error("its key lies outside of what the queryset reads".to_owned());
        match access {
            Access::Queries(mut queries) => {
                let at = queries
                    .iter()
                    .position(|partition| partition.query.key_condition.holds_for(start))
                    .ok_or_else(foreign)?;
                queries.drain(..at);
                queries[0].query.exclusive_start_key = Some(start.clone());
                Ok(Access::Queries(queries))
            }
            Access::Scan(mut scan_plan) => {
                scan_plan.scan.exclusive_start_key = Some(start.clone());
                Ok(Access::Scan(scan_plan))
            }
            Access::Keys(mut batch) => {
                let key = start.pick(self.table_key().names());
                let at = batch.keys.iter().position(|asked| *asked == key).ok_or_else(foreign)?;
                batch.keys.drain(..=at);
                Ok(if batch.keys.is_empty() {
                    Access::Empty("the page token is the last key")
                } else {
                    Access::Keys(batch)
                })
            }
            other => Ok(other),
        }
    }

    fn check_token(&self, token: &Item) -> Result<(), PlanError> {
        for attribute in self.table_key().attributes().chain(self.index.key.attributes()) {
            match token.get(&attribute.name) {
                None => return Err(self.token_error(format!("it lacks the key attribute `{}`", attribute.name))),
                Some(value) if value.value_type() != attribute.scalar.value_type() => {
                    return Err(self.token_error(format!(
                        "its `{}` is of type {}, and the key attribute is of type {}",
                        attribute.name,
                        value.value_type(),
                        attribute.scalar
                    )));
                }
                Some(_) => {}
            }
        }
        if token.len() == self.token_key.len() {
            return Ok(());
        }
        let what = self.index.label();
        Err(self.token_error(format!("it holds other attributes than the keys of what is read, which is {what}")))
    }

    fn token_error(&self, reason: String) -> PlanError {
        PlanError::Token { model: self.model(), reason }
    }
}
