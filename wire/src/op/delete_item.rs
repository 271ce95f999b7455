//! [`DeleteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html): deletes an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{DeleteItem, DeleteItemOutput, Metadata, Outcome, QueryPlan};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, SentPlaceholders};
use crate::json::{Element, Map, SentItem, SentValue, Text};
use crate::legacy::Expected;
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
    expected: Option<Map<Element<Expected>>>,
    conditional_operator: Option<Text>,
    condition_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    expression_attribute_values: Option<Map<SentValue>>,
    return_values: Option<Text>,
    return_values_on_condition_check_failure: Option<Text>,
    return_consumed_capacity: Option<Text>,
    return_item_collection_metrics: Option<Text>,
}

impl Request {
    pub(crate) fn new(delete: &DeleteItem) -> Self {
        let mut renderer = Renderer::new();
        let condition = delete.condition.as_ref().map(|condition| Text(renderer.condition(condition)));
        let placeholders = expressions::rendered(renderer);
        Self {
            table_name: Some(table_name::write(&delete.table)),
            key: Some(delete.key.clone().into()),
            condition_expression: condition,
            expression_attribute_names: placeholders.names,
            expression_attribute_values: placeholders.values,
            return_values: returns::write_old(delete.return_values),
            return_values_on_condition_check_failure: returns::write_on_failure(delete.old_item_on_failure),
            return_consumed_capacity: capacity::write_return(delete.return_consumed_capacity),
            return_item_collection_metrics: item_collection::write_return(delete.return_item_collection_metrics),
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
        let condition =
            WriteCondition::read(self.expected, self.conditional_operator, self.condition_expression, &mut violations);
        violations.check()?;
        let placeholders =
            SentPlaceholders { names: self.expression_attribute_names, values: self.expression_attribute_values };
        let expressions = [condition.parameter()];
        placeholders.check(&expressions, &expressions, &condition.legacy_parameters())?;
        let key = key.checked().map_err(RequestError::Validation)?;
        let return_values = returns::old_only(options.return_values)?;
        let plan = DeleteItem {
            table: table_name::read(table),
            key,
            condition: condition.only(placeholders)?,
            return_values,
            old_item_on_failure: options.old_item_on_failure,
            return_consumed_capacity: options.return_consumed_capacity,
            return_item_collection_metrics: options.return_item_collection_metrics,
        };
        Ok(plan.into())
    }
}

pub(crate) fn response(output: &DeleteItemOutput, metadata: &Metadata) -> WriteResponse {
    WriteResponse::new(output.attributes.as_ref(), output.item_collection_metrics.as_ref(), metadata)
}

pub(crate) fn outcome(response: WriteResponse) -> Outcome {
    let (attributes, item_collection_metrics, metadata) = response.parts();
    Outcome { output: DeleteItemOutput { attributes, item_collection_metrics }.into(), metadata }
}
