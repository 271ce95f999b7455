//! [`BatchGetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html): reads items of several tables
//! by their keys.

use std::collections::BTreeMap;

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, Metadata, Outcome, QueryPlan, TableKeys};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, Flag, List, Map, SentItem, Text, TypeName};
use crate::legacy;
use crate::shape::capacity::{self, Capacity};
use crate::shape::page::Items;
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    request_items: Option<Map<Element<KeysAndAttributes>>>,
    return_consumed_capacity: Option<Text>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct KeysAndAttributes {
    keys: Option<List<SentItem>>,
    attributes_to_get: Option<List<Text>>,
    consistent_read: Option<Flag>,
    projection_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
}

impl TypeName for KeysAndAttributes {
    const NAME: &'static str = "KeysAndAttributes";
}

impl From<&TableKeys> for KeysAndAttributes {
    fn from(keys: &TableKeys) -> Self {
        let mut renderer = Renderer::new();
        let projection = keys.projection.as_ref().map(|projection| Text(renderer.projection(projection)));
        Self {
            keys: Some(List(keys.keys.iter().cloned().map(SentItem::from).collect())),
            attributes_to_get: None,
            consistent_read: keys.consistent.then_some(Flag(true)),
            projection_expression: projection,
            expression_attribute_names: expressions::rendered(renderer).names,
        }
    }
}

impl KeysAndAttributes {
    fn plan(self, table: String) -> Result<TableKeys, RequestError> {
        let placeholders = SentPlaceholders { names: self.expression_attribute_names, values: None };
        let projection = Parameter::new("ProjectionExpression", self.projection_expression.as_ref());
        let legacy = Parameter::new("AttributesToGet", self.attributes_to_get.as_ref());
        placeholders.check(&[projection], &[], &[legacy])?;
        let keys = self.keys.unwrap_or_default().0.into_iter().map(SentItem::checked);
        let keys = keys.collect::<Result<Vec<_>, _>>().map_err(RequestError::Validation)?;
        let projection = match self.attributes_to_get {
            Some(attributes) => Some(legacy::attributes_to_get(attributes)?),
            None => expressions::parse(placeholders, |parser| {
                let text = self.projection_expression.as_ref();
                Ok(text.map(|Text(text)| parser.projection(text)).transpose()?)
            })?,
        };
        let consistent = self.consistent_read == Some(Flag(true));
        Ok(TableKeys { table: table_name::read(Text(table)), keys, consistent, projection })
    }
}

impl Request {
    pub(crate) fn new(batch: &BatchGetItem) -> Self {
        let tables = batch.requests.iter().map(|keys| (keys.table.as_str().to_owned(), Element(keys.into())));
        Self {
            request_items: Some(Map(tables.collect())),
            return_consumed_capacity: capacity::write_return(batch.return_consumed_capacity),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let tables = violations.required("requestItems", self.request_items);
        for (table, Element(keys)) in &tables.0 {
            if keys.keys.is_none() {
                violations.null(&format!("requestItems.{table}.member.keys"));
            }
        }
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        violations.check()?;
        let requests = tables.0.into_iter().map(|(table, Element(keys))| keys.plan(table)).collect::<Result<_, _>>()?;
        Ok(BatchGetItem { requests, return_consumed_capacity }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    responses: BTreeMap<String, Items>,
    unprocessed_keys: Map<Element<KeysAndAttributes>>,
    consumed_capacity: Option<Vec<Capacity>>,
}

impl Response {
    pub(crate) fn new(output: &BatchGetItemOutput, metadata: &Metadata) -> Self {
        let name = |table: &Name| table.as_str().to_owned();
        let unprocessed = output.unprocessed.iter().map(|keys| (name(&keys.table), Element(keys.into())));
        Self {
            responses: output.items.iter().map(|(table, items)| (name(table), Items(items.clone()))).collect(),
            unprocessed_keys: Map(unprocessed.collect()),
            consumed_capacity: Capacity::of_tables(metadata),
        }
    }

    /// Returns the outcome of a batch, with the items of its tables in the order of the batch.
    pub(crate) fn outcome(mut self, batch: &BatchGetItem) -> Result<Outcome, RequestError> {
        let mut output = BatchGetItemOutput::default();
        for keys in &batch.requests {
            let Items(items) = self.responses.remove(keys.table.as_str()).unwrap_or_default();
            output.items.push((keys.table.clone(), items));
            if let Some(Element(unprocessed)) = self.unprocessed_keys.0.remove(keys.table.as_str()) {
                let unprocessed = unprocessed.keys.unwrap_or_default().0.into_iter().map(SentItem::checked);
                let unprocessed = unprocessed.collect::<Result<_, _>>().map_err(RequestError::Validation)?;
                output.unprocessed.push(TableKeys { keys: unprocessed, ..keys.clone() });
            }
        }
        let metadata = metadata::of_tables(self.consumed_capacity.unwrap_or_default());
        Ok(Outcome { output: output.into(), metadata })
    }
}
