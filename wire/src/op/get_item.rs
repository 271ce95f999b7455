//! [`GetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html): reads an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{GetItem, GetItemOutput, Metadata, Outcome, QueryPlan};
use djamodb_core::value::Item;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Flag, List, Map, SentItem, Text};
use crate::legacy;
use crate::shape::capacity::{self, Capacity};
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    key: Option<SentItem>,
    attributes_to_get: Option<List<Text>>,
    consistent_read: Option<Flag>,
    projection_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    return_consumed_capacity: Option<Text>,
}

impl Request {
    pub(crate) fn new(get: &GetItem) -> Self {
        let mut renderer = Renderer::new();
        let projection = get.projection.as_ref().map(|projection| Text(renderer.projection(projection)));
        Self {
            table_name: Some(table_name::write(&get.table)),
            key: Some(get.key.clone().into()),
            attributes_to_get: None,
            consistent_read: get.consistent.then_some(Flag(true)),
            projection_expression: projection,
            expression_attribute_names: expressions::rendered(renderer).names,
            return_consumed_capacity: capacity::write_return(get.return_consumed_capacity),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        let key = violations.required("key", self.key);
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        violations.check()?;
        let placeholders = SentPlaceholders { names: self.expression_attribute_names, values: None };
        let projection = Parameter::new("ProjectionExpression", self.projection_expression.as_ref());
        let legacy = Parameter::new("AttributesToGet", self.attributes_to_get.as_ref());
        placeholders.check(&[projection], &[], &[legacy])?;
        let key = key.checked().map_err(RequestError::Validation)?;
        let projection = match self.attributes_to_get {
            Some(attributes) => Some(legacy::attributes_to_get(attributes)?),
            None => expressions::parse(placeholders, |parser| {
                let text = self.projection_expression.as_ref();
                Ok(text.map(|Text(text)| parser.projection(text)).transpose()?)
            })?,
        };
        let plan = GetItem {
            table: table_name::read(table),
            key,
            consistent: self.consistent_read == Some(Flag(true)),
            projection,
            return_consumed_capacity,
        };
        Ok(plan.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    item: Option<Item>,
    consumed_capacity: Option<Capacity>,
}

impl Response {
    pub(crate) fn new(output: &GetItemOutput, metadata: &Metadata) -> Self {
        Self { item: output.item.clone(), consumed_capacity: Capacity::of_table(metadata) }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let metadata = metadata::of_table(self.consumed_capacity);
        Outcome { output: GetItemOutput { item: self.item }.into(), metadata }
    }
}
