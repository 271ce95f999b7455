//! Expressions as they are sent to the service.

use std::collections::BTreeMap;

use crate::expression::{Condition, KeyCondition, ProjectionExpression, Renderer, Update};
use crate::value::{AttributeValue, Name};

/// The expressions of a request as they are sent. The fields are named after the parameters of the API.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "PascalCase"))]
#[non_exhaustive]
pub struct Expressions {
    /// The key condition of a query.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub key_condition_expression: Option<String>,
    /// The filter that the service applies after reading.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub filter_expression: Option<String>,
    /// The attributes and paths that are returned of each item.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub projection_expression: Option<String>,
    /// The changes of an update.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub update_expression: Option<String>,
    /// The condition of a write.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub condition_expression: Option<String>,
    /// The attribute names of the placeholders `#0`, `#1`, …
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub expression_attribute_names: BTreeMap<String, Name>,
    /// The values of the placeholders `:0`, `:1`, …
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub expression_attribute_values: BTreeMap<String, AttributeValue>,
}

impl Expressions {
    /// Returns the expressions of a read, or `None` if there are none. They are rendered in the order in which drivers render them,
    /// so that the placeholders have the same numbers.
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

    /// Returns the expressions of a write, or `None` if there are none.
    pub(crate) fn of_write(update: Option<&Update>, condition: Option<&Condition>) -> Option<Self> {
        let mut renderer = Renderer::new();
        let expressions = Self {
            update_expression: update.map(|update| renderer.update(update)),
            condition_expression: condition.map(|condition| renderer.condition(condition)),
            ..Self::default()
        };
        expressions.with_placeholders(renderer)
    }

    fn with_placeholders(self, renderer: Renderer) -> Option<Self> {
        let placeholders = renderer.finish();
        let (names, values) = (placeholders.names, placeholders.values);
        let expressions = Self { expression_attribute_names: names, expression_attribute_values: values, ..self };
        (expressions != Self::default()).then_some(expressions)
    }
}
