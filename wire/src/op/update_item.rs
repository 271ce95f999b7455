//! [`UpdateItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html): changes attributes of an item.

use djamodb_core::expression::{Renderer, Update};
use djamodb_core::plan::{Metadata, Outcome, QueryPlan, UpdateItem, UpdateItemOutput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, Map, SentItem, SentValue, Text};
use crate::legacy::{self, AttributeUpdate, Expected};
use crate::shape::write_options::SentWriteOptions;
use crate::shape::write_response::WriteResponse;
use crate::shape::{capacity, item_collection, returns, table_name};
use crate::violations::Violations;
use crate::write_condition::WriteCondition;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    key: Option<SentItem>,
    attribute_updates: Option<Map<Element<AttributeUpdate>>>,
    expected: Option<Map<Element<Expected>>>,
    conditional_operator: Option<Text>,
    update_expression: Option<Text>,
    condition_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    expression_attribute_values: Option<Map<SentValue>>,
    return_values: Option<Text>,
    return_values_on_condition_check_failure: Option<Text>,
    return_consumed_capacity: Option<Text>,
    return_item_collection_metrics: Option<Text>,
}

impl Request {
    /// Returns the request for a plan. An update without actions has no expression, because the service refuses an empty one.
    pub(crate) fn new(update: &UpdateItem) -> Self {
        let mut renderer = Renderer::new();
        let expression = (!update.update.is_empty()).then(|| Text(renderer.update(&update.update)));
        let condition = update.condition.as_ref().map(|condition| Text(renderer.condition(condition)));
        let placeholders = expressions::rendered(renderer);
        Self {
            table_name: Some(table_name::write(&update.table)),
            key: Some(update.key.clone().into()),
            update_expression: expression,
            condition_expression: condition,
            expression_attribute_names: placeholders.names,
            expression_attribute_values: placeholders.values,
            return_values: returns::write(update.return_values),
            return_values_on_condition_check_failure: returns::write_on_failure(update.old_item_on_failure),
            return_consumed_capacity: capacity::write_return(update.return_consumed_capacity),
            return_item_collection_metrics: item_collection::write_return(update.return_item_collection_metrics),
            ..Self::default()
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::of_write();
        let table = violations.required("tableName", self.table_name);
        let key = violations.required("key", self.key);
        let options = SentWriteOptions {
            return_values: self.return_values,
            return_values_on_condition_check_failure: self.return_values_on_condition_check_failure,
            return_consumed_capacity: self.return_consumed_capacity,
            return_item_collection_metrics: self.return_item_collection_metrics,
        }
        .read(&mut violations);
        let mut condition =
            WriteCondition::read(self.expected, self.conditional_operator, self.condition_expression, &mut violations);
        let updates = self.attribute_updates.map(|updates| legacy::updates(updates, &mut violations));
        violations.check()?;
        let placeholders =
            SentPlaceholders { names: self.expression_attribute_names, values: self.expression_attribute_values };
        let expressions = [Parameter::new("UpdateExpression", self.update_expression.as_ref()), condition.parameter()];
        let [expected, operator] = condition.legacy_parameters();
        let legacy = [Parameter::new("AttributeUpdates", updates.as_ref()), expected, operator];
        placeholders.check(&expressions, &expressions, &legacy)?;
        let key = key.checked().map_err(RequestError::Validation)?;
        let updates = updates.map(legacy::update_of).transpose()?;
        let expected = condition.of_legacy()?;
        let (update, condition) = expressions::parse(placeholders, |parser| {
            let update = self.update_expression.as_ref().map(|Text(text)| parser.update(text)).transpose()?;
            Ok((update, condition.parse(parser)?))
        })?;
        let plan = UpdateItem {
            table: table_name::read(table),
            key,
            update: updates.or(update).unwrap_or_else(Update::new),
            condition: expected.or(condition),
            return_values: options.return_values,
            old_item_on_failure: options.old_item_on_failure,
            return_consumed_capacity: options.return_consumed_capacity,
            return_item_collection_metrics: options.return_item_collection_metrics,
        };
        Ok(plan.into())
    }
}

pub(crate) fn response(output: &UpdateItemOutput, metadata: &Metadata) -> WriteResponse {
    WriteResponse::new(output.attributes.as_ref(), output.item_collection_metrics.as_ref(), metadata)
}

pub(crate) fn outcome(response: WriteResponse) -> Outcome {
    let (attributes, item_collection_metrics, metadata) = response.parts();
    Outcome { output: UpdateItemOutput { attributes, item_collection_metrics }.into(), metadata }
}
