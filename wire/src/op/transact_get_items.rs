//! [`TransactGetItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html): reads several items at
//! one time.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Metadata, Outcome, QueryPlan, TransactGet, TransactGetItems, TransactGetItemsOutput};
use djamodb_core::value::Item;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, List, Map, SentItem, Structure, Text, TypeName};
use crate::shape::capacity::{self, Capacity};
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    transact_items: Option<List<Element<SentTransactGet>>>,
    return_consumed_capacity: Option<Text>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentTransactGet {
    get: Option<Structure<SentGet>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentGet {
    key: Option<SentItem>,
    table_name: Option<Text>,
    projection_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
}

impl TypeName for SentTransactGet {
    const NAME: &'static str = "TransactGetItem";
}

impl TypeName for SentGet {
    const NAME: &'static str = "Get";
}

impl From<&TransactGet> for SentGet {
    fn from(get: &TransactGet) -> Self {
        let mut renderer = Renderer::new();
        let projection = get.projection.as_ref().map(|projection| Text(renderer.projection(projection)));
        Self {
            key: Some(get.key.clone().into()),
            table_name: Some(table_name::write(&get.table)),
            projection_expression: projection,
            expression_attribute_names: expressions::rendered(renderer).names,
        }
    }
}

impl SentGet {
    /// Adds the violations of the members. `path` is the path of the action.
    fn check(&self, path: &str, violations: &mut Violations) {
        if self.key.is_none() {
            violations.null(&format!("{path}.get.key"));
        }
        if self.table_name.is_none() {
            violations.null(&format!("{path}.get.tableName"));
        }
    }

    fn plan(self) -> Result<TransactGet, RequestError> {
        let placeholders = SentPlaceholders { names: self.expression_attribute_names, values: None };
        let projection = Parameter::new("ProjectionExpression", self.projection_expression.as_ref());
        placeholders.check(&[projection], &[], &[])?;
        let projection = expressions::parse(placeholders, |parser| {
            let text = self.projection_expression.as_ref();
            Ok(text.map(|Text(text)| parser.projection(text)).transpose()?)
        })?;
        let key = self.key.unwrap_or_default().checked().map_err(RequestError::Validation)?;
        Ok(TransactGet { table: table_name::read(self.table_name.unwrap_or_default()), key, projection })
    }
}

impl Request {
    pub(crate) fn new(transaction: &TransactGetItems) -> Self {
        let gets = transaction.transact_items.iter();
        let gets = gets.map(|get| Element(SentTransactGet { get: Some(Structure(get.into())) }));
        Self {
            transact_items: Some(List(gets.collect())),
            return_consumed_capacity: capacity::write_return(transaction.return_consumed_capacity),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let List(actions) = violations.required("transactItems", self.transact_items);
        for (at, Element(action)) in actions.iter().enumerate() {
            let path = format!("transactItems.{}.member", at + 1);
            match &action.get {
                Some(Structure(get)) => get.check(&path, &mut violations),
                None => violations.null(&format!("{path}.get")),
            }
        }
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        violations.check()?;
        let gets = actions.into_iter().map(|Element(action)| action.get.unwrap_or_default().0.plan());
        Ok(TransactGetItems { transact_items: gets.collect::<Result<_, _>>()?, return_consumed_capacity }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    responses: Vec<ItemResponse>,
    consumed_capacity: Option<Vec<Capacity>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ItemResponse {
    item: Option<Item>,
}

impl Response {
    pub(crate) fn new(output: &TransactGetItemsOutput, metadata: &Metadata) -> Self {
        Self {
            responses: output.responses.iter().map(|item| ItemResponse { item: item.clone() }).collect(),
            consumed_capacity: Capacity::of_tables(metadata),
        }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let responses = self.responses.into_iter().map(|response| response.item).collect();
        let metadata = metadata::of_tables(self.consumed_capacity.unwrap_or_default());
        Outcome { output: TransactGetItemsOutput { responses }.into(), metadata }
    }
}
