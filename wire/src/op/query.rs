//! [`Query`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html): reads items of one partition.

use djamodb_core::expression::{KeyCondition, ParsedKeyCondition, Renderer};
use djamodb_core::plan::{Metadata, Outcome, Query, QueryOutput, QueryPlan, Select};
use djamodb_core::schema::{KeyConditionError, KeySchema, TableSchema};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, Flag, Int, List, Map, SentItem, SentValue, Text};
use crate::legacy::{self, Comparison};
use crate::shape::page::Page;
use crate::shape::{capacity, select, table_name};
use crate::violations::{self, Violations};

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    index_name: Option<Text>,
    select: Option<Text>,
    attributes_to_get: Option<List<Text>>,
    limit: Option<Int>,
    consistent_read: Option<Flag>,
    key_conditions: Option<Map<Element<Comparison>>>,
    query_filter: Option<Map<Element<Comparison>>>,
    conditional_operator: Option<Text>,
    scan_index_forward: Option<Flag>,
    exclusive_start_key: Option<SentItem>,
    return_consumed_capacity: Option<Text>,
    projection_expression: Option<Text>,
    filter_expression: Option<Text>,
    key_condition_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    expression_attribute_values: Option<Map<SentValue>>,
}

/// A query whose key condition does not say which of its attributes are hash attributes.
#[derive(Debug)]
pub(crate) struct UnplannedQuery {
    /// The query, with any key condition.
    query: Query,
    condition: ParsedKeyCondition,
    /// Attributes of `QueryFilter`, which cannot be those of the key. The driver reports those of `FilterExpression`, in other words.
    filtered: Vec<String>,
}

impl UnplannedQuery {
    /// Returns the table whose key the plan needs.
    pub(crate) fn table(&self) -> &Name {
        &self.query.table
    }

    /// Returns the plan, if it is the same for any key.
    pub(crate) fn plan_for_any_key(&mut self) -> Option<QueryPlan> {
        if !self.filtered.is_empty() {
            return None;
        }
        self.query.key_condition = self.condition.for_any_key()?;
        Some(self.query.clone().into())
    }

    /// Returns the plan of the query on a table. Without one, the plan is of a table that does not exist.
    pub(crate) fn plan(mut self, table: Option<&TableSchema>) -> Result<QueryPlan, RequestError> {
        // Without the table or the index, the driver refuses the query before it looks at its condition.
        let Some(table) = table else { return Ok(self.query.into()) };
        if let Some(key) = key_of(table, self.query.index.as_ref()) {
            let filter = self.query.filter.as_ref().map(|filter| filter.paths());
            let projection = self.query.select.as_ref().and_then(Select::projection);
            let projected = projection.map(|projection| projection.paths.iter().collect());
            // The service looks at the filter, the projection and the key condition in this order.
            for paths in [filter, projected, Some(self.condition.condition().paths())].into_iter().flatten() {
                table.check_paths(&paths).map_err(|error| RequestError::Validation(error.to_string()))?;
            }
            self.query.key_condition = self.condition.for_key(key).map_err(|error| self.refused(table, &error))?;
            if let Some(attribute) = self.filtered.iter().find(|attribute| key.contains(attribute)) {
                return Err(RequestError::Validation(format!(
                    "QueryFilter can only contain non-primary key attributes: Primary key attribute: {attribute}"
                )));
            }
        }
        Ok(self.query.into())
    }

    /// Returns the error of a key condition that does not fit the key.
    fn refused(&self, table: &TableSchema, error: &KeyConditionError) -> RequestError {
        let is_global = |name: &Name| table.global_indexes.iter().any(|index| index.name == *name);
        let is_of_key = matches!(
            error,
            KeyConditionError::TooManyConditions
                | KeyConditionError::NotSupported
                | KeyConditionError::Missed(_)
                | KeyConditionError::OperandType
        );
        match &self.query.index {
            // The service looks at the consistency after the text, and before the key.
            Some(index) if is_of_key && self.query.consistent && is_global(index) => {
                RequestError::validation("Consistent reads are not supported on global secondary indexes")
            }
            _ => RequestError::Validation(error.to_string()),
        }
    }
}

/// Returns the key of a table, or of one of its indexes.
fn key_of<'a>(table: &'a TableSchema, index: Option<&Name>) -> Option<&'a KeySchema> {
    let Some(name) = index else { return Some(&table.key) };
    let global = table.global_indexes.iter().map(|index| (&index.name, &index.key));
    let mut indexes = global.chain(table.local_indexes.iter().map(|index| (&index.name, &index.key)));
    indexes.find(|(present, _)| *present == name).map(|(_, key)| key)
}

impl Request {
    pub(crate) fn new(query: &Query) -> Self {
        let mut renderer = Renderer::new();
        let key_condition = Text(renderer.key_condition(&query.key_condition));
        let filter = query.filter.as_ref().map(|filter| Text(renderer.condition(filter)));
        let projection =
            query.select.as_ref().and_then(Select::projection).map(|paths| Text(renderer.projection(paths)));
        let placeholders = expressions::rendered(renderer);
        Self {
            table_name: Some(table_name::write(&query.table)),
            index_name: query.index.as_ref().map(table_name::write),
            select: select::write(query.select.as_ref()),
            limit: query.limit.map(|limit| Int(i32::try_from(limit).unwrap_or(i32::MAX))),
            consistent_read: query.consistent.then_some(Flag(true)),
            scan_index_forward: (!query.forward).then_some(Flag(false)),
            exclusive_start_key: query.exclusive_start_key.clone().map(Into::into),
            return_consumed_capacity: capacity::write_return(query.return_consumed_capacity),
            projection_expression: projection,
            filter_expression: filter,
            key_condition_expression: Some(key_condition),
            expression_attribute_names: placeholders.names,
            expression_attribute_values: placeholders.values,
            ..Self::default()
        }
    }

    pub(crate) fn unplanned(self) -> Result<UnplannedQuery, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        let select = select::read(self.select, &mut violations);
        let limit = violations::limit(self.limit);
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        let operator = legacy::operator(self.conditional_operator, &mut violations);
        let keys = self.key_conditions.map(|keys| legacy::comparisons(keys, "keyConditions", &mut violations));
        let filters = self.query_filter.map(|filters| legacy::comparisons(filters, "queryFilter", &mut violations));
        violations.check()?;
        let placeholders =
            SentPlaceholders { names: self.expression_attribute_names, values: self.expression_attribute_values };
        let projection = Parameter::new("ProjectionExpression", self.projection_expression.as_ref());
        let filter = Parameter::new("FilterExpression", self.filter_expression.as_ref());
        let key = Parameter::new("KeyConditionExpression", self.key_condition_expression.as_ref());
        let legacy = [
            Parameter::new("AttributesToGet", self.attributes_to_get.as_ref()),
            Parameter::new("QueryFilter", filters.as_ref()),
            Parameter::new("ConditionalOperator", operator.as_ref()),
            // With other expressions, but not with its own.
            Parameter::new("KeyConditions", keys.as_ref().filter(|_| self.key_condition_expression.is_some())),
        ];
        placeholders.check(&[projection, filter, key], &[filter, key], &legacy)?;
        let attributes = self.attributes_to_get.map(legacy::attributes_to_get).transpose()?;
        let filtered = filters.iter().flatten().map(|(attribute, ..)| attribute.clone()).collect();
        let old_filter = filters.map(|filters| legacy::filter(filters, operator)).transpose()?.flatten();
        let old_keys = keys.map(legacy::key_conditions).transpose()?;
        let start = self
            .exclusive_start_key
            .map(SentItem::checked)
            .transpose()
            .map_err(|fault| RequestError::validation(format!("The provided starting key is invalid: {fault}")))?;
        let (filter, projection, key) = expressions::parse(placeholders, |parser| {
            let filter = self.filter_expression.as_ref().map(|Text(text)| parser.filter(text)).transpose()?;
            let projection =
                self.projection_expression.as_ref().map(|Text(text)| parser.projection(text)).transpose()?;
            let key =
                self.key_condition_expression.as_ref().map(|Text(text)| parser.key_condition(text)).transpose()?;
            Ok((filter, projection, key))
        })?;
        let Some(condition) = old_keys.or(key) else {
            return Err(RequestError::validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            ));
        };
        let projected =
            attributes.as_ref().map(|_| "AttributesToGet").or(projection.as_ref().map(|_| "ProjectionExpression"));
        select::check(select, projected)?;
        let query = Query {
            table: table_name::read(table),
            index: self.index_name.map(|Text(name)| name.into()),
            key_condition: KeyCondition::hash("key", "value"),
            filter: old_filter.or(filter),
            select: select::selected(select, attributes.or(projection)),
            limit,
            exclusive_start_key: start,
            forward: self.scan_index_forward != Some(Flag(false)),
            consistent: self.consistent_read == Some(Flag(true)),
            return_consumed_capacity,
        };
        Ok(UnplannedQuery { query, condition, filtered })
    }
}

/// Returns the response. `select` is that of the plan: a request of the number of items has none of them.
pub(crate) fn response(select: Option<&Select>, output: &QueryOutput, metadata: &Metadata) -> Page {
    let items = (select != Some(&Select::Count)).then_some(output.items.as_slice());
    Page::new(items, (output.count, output.scanned_count), output.last_evaluated_key.as_ref(), metadata)
}

pub(crate) fn outcome(mut page: Page) -> Outcome {
    let output = QueryOutput {
        items: page.take_items(),
        count: page.count,
        scanned_count: page.scanned_count,
        last_evaluated_key: page.last_evaluated_key.take(),
    };
    Outcome { output: output.into(), metadata: page.metadata() }
}
