//! What is given back of each item.

use super::Planning;
use crate::expression::{Condition, Projection};
use crate::plan::Select;
use crate::planner::{PlanError, Purpose};
use crate::value::Name;

impl Planning<'_> {
    /// Attributes that are to be read and that a global index does not hold.
    pub(super) fn lacking_to_read(&self) -> Vec<Name> {
        if self.purpose != Purpose::Items || self.index.local {
            return Vec::new();
        }
        let attributes = self.request.schema.attributes.iter();
        attributes.map(|attribute| &attribute.name).filter(|name| !self.holds(name)).cloned().collect()
    }

    pub(super) fn refuse_lacking(&self, attributes: Vec<Name>) -> Result<(), PlanError> {
        if attributes.is_empty() {
            return Ok(());
        }
        Err(PlanError::ProjectionLacks { model: self.model(), index: self.index.label().to_owned(), attributes })
    }

    fn holds(&self, attribute: &str) -> bool {
        self.index.holds(attribute, self.table_key())
    }

    pub(super) fn select(&self, residual: Option<&Condition>) -> Option<Select> {
        match (self.purpose, residual) {
            (Purpose::Items, _) => {
                let holds_all = self.request.schema.attributes.iter().all(|attribute| self.holds(&attribute.name));
                (!holds_all).then_some(Select::AllAttributes)
            }
            (Purpose::Count | Purpose::Exists, None) => Some(Select::Count),
            (_, residual) => self.projection(residual).map(Select::Specific),
        }
    }

    /// The keys, which tokens are made of, and what the residual looks at.
    pub(super) fn projection(&self, residual: Option<&Condition>) -> Option<Projection> {
        if self.purpose == Purpose::Items {
            return None;
        }
        let mut names = self.token_key.to_vec();
        for path in residual.map(Condition::paths).unwrap_or_default() {
            if !names.contains(&path.name) {
                names.push(path.name.clone());
            }
        }
        Some(Projection::attributes(&names))
    }
}
