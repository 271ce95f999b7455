//! Expressions as they are sent.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::expression::{Condition, KeyCondition, ProjectionExpression, Renderer, Update};
use crate::value::{AttributeValue, Name};

/// The expressions of a request word for word, by DynamoDB's names for them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct Expressions {
    /// Which part of a partition is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_condition_expression: Option<String>,
    /// What the service drops of what it read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_expression: Option<String>,
    /// What is given back of each item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projection_expression: Option<String>,
    /// What is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_expression: Option<String>,
    /// What must be true for a write to be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition_expression: Option<String>,
    /// The names that `#0` and so on stand for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub expression_attribute_names: BTreeMap<String, Name>,
    /// The values that `:0` and so on stand for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub expression_attribute_values: BTreeMap<String, AttributeValue>,
}

impl Expressions {
    /// Those of a read. They are written in the order in which drivers write them, which numbers the placeholders.
    pub(super) fn of_read(
        key_condition: Option<&KeyCondition>,
        filter: Option<&Condition>,
        projection: Option<&ProjectionExpression>,
    ) -> Option<Self> {
        let mut renderer = Renderer::new();
        let expressions = Self {
            key_condition_expression: key_condition.map(|condition| renderer.key_condition(condition)),
            filter_expression: filter.map(|filter| renderer.condition(filter)),
            projection_expression: projection.map(|projection| renderer.projection(projection)),
            ..Self::default()
        };
        expressions.with_placeholders(renderer)
    }

    /// Those of a write.
    pub(crate) fn of_write(update: Option<&Update>, condition: &Condition) -> Option<Self> {
        let mut renderer = Renderer::new();
        let expressions = Self {
            update_expression: update.map(|update| renderer.update(update)),
            condition_expression: Some(renderer.condition(condition)),
            ..Self::default()
        };
        expressions.with_placeholders(renderer)
    }

    /// Nothing where there is no expression.
    fn with_placeholders(self, renderer: Renderer) -> Option<Self> {
        let placeholders = renderer.finish();
        let (names, values) = (placeholders.names, placeholders.values);
        let expressions = Self { expression_attribute_names: names, expression_attribute_values: values, ..self };
        (expressions != Self::default()).then_some(expressions)
    }
}
