//! [`Scan`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html): reads all items of a table or index.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Metadata, Outcome, QueryPlan, Scan, ScanOutput, Segment, Select};
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
    attributes_to_get: Option<List<Text>>,
    limit: Option<Int>,
    select: Option<Text>,
    scan_filter: Option<Map<Element<Comparison>>>,
    conditional_operator: Option<Text>,
    exclusive_start_key: Option<SentItem>,
    return_consumed_capacity: Option<Text>,
    total_segments: Option<Int>,
    segment: Option<Int>,
    projection_expression: Option<Text>,
    filter_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    expression_attribute_values: Option<Map<SentValue>>,
    consistent_read: Option<Flag>,
}

impl Request {
    pub(crate) fn new(scan: &Scan) -> Self {
        let mut renderer = Renderer::new();
        let filter = scan.filter.as_ref().map(|filter| Text(renderer.condition(filter)));
        let projection =
            scan.select.as_ref().and_then(Select::projection).map(|paths| Text(renderer.projection(paths)));
        let placeholders = expressions::rendered(renderer);
        let int = |number: u32| Int(i32::try_from(number).unwrap_or(i32::MAX));
        Self {
            table_name: Some(table_name::write(&scan.table)),
            index_name: scan.index.as_ref().map(table_name::write),
            select: select::write(scan.select.as_ref()),
            limit: scan.limit.map(int),
            consistent_read: scan.consistent.then_some(Flag(true)),
            exclusive_start_key: scan.exclusive_start_key.clone().map(Into::into),
            return_consumed_capacity: capacity::write_return(scan.return_consumed_capacity),
            total_segments: scan.segment.map(|segment| int(segment.total_segments)),
            segment: scan.segment.map(|segment| int(segment.segment)),
            projection_expression: projection,
            filter_expression: filter,
            expression_attribute_names: placeholders.names,
            expression_attribute_values: placeholders.values,
            ..Self::default()
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        let select = select::read(self.select, &mut violations);
        let limit = violations::limit(self.limit);
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        let operator = legacy::operator(self.conditional_operator, &mut violations);
        let filters = self.scan_filter.map(|filters| legacy::comparisons(filters, "scanFilter", &mut violations));
        let total_segments = violations.at_least("totalSegments", self.total_segments, 1);
        let segment = violations.at_least("segment", self.segment, 0);
        violations.check()?;
        let placeholders =
            SentPlaceholders { names: self.expression_attribute_names, values: self.expression_attribute_values };
        let projection = Parameter::new("ProjectionExpression", self.projection_expression.as_ref());
        let filter = Parameter::new("FilterExpression", self.filter_expression.as_ref());
        let legacy = [
            Parameter::new("AttributesToGet", self.attributes_to_get.as_ref()),
            Parameter::new("ScanFilter", filters.as_ref()),
            Parameter::new("ConditionalOperator", operator.as_ref()),
        ];
        placeholders.check(&[projection, filter], &[filter], &legacy)?;
        let segment = segments(segment, total_segments)?;
        let attributes = self.attributes_to_get.map(legacy::attributes_to_get).transpose()?;
        let old_filter = filters.map(|filters| legacy::filter(filters, operator)).transpose()?.flatten();
        let start = self
            .exclusive_start_key
            .map(SentItem::checked)
            .transpose()
            .map_err(|fault| RequestError::validation(format!("The provided starting key is invalid: {fault}")))?;
        let (filter, projection) = expressions::parse(placeholders, |parser| {
            let filter = self.filter_expression.as_ref().map(|Text(text)| parser.filter(text)).transpose()?;
            let projection =
                self.projection_expression.as_ref().map(|Text(text)| parser.projection(text)).transpose()?;
            Ok((filter, projection))
        })?;
        let projected =
            attributes.as_ref().map(|_| "AttributesToGet").or(projection.as_ref().map(|_| "ProjectionExpression"));
        select::check(select, projected)?;
        let plan = Scan {
            table: table_name::read(table),
            index: self.index_name.map(|Text(name)| name.into()),
            filter: old_filter.or(filter),
            select: select::selected(select, attributes.or(projection)),
            limit,
            exclusive_start_key: start,
            segment,
            consistent: self.consistent_read == Some(Flag(true)),
            return_consumed_capacity,
        };
        Ok(plan.into())
    }
}

/// Returns the segment, whose two parameters must be present together.
fn segments(segment: Option<u32>, total_segments: Option<u32>) -> Result<Option<Segment>, RequestError> {
    match (segment, total_segments) {
        (Some(segment), Some(total_segments)) => Ok(Some(Segment { segment, total_segments })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(RequestError::validation(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
        )),
        (Some(_), None) => Err(RequestError::validation(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
        )),
    }
}

/// Returns the response. `select` is that of the plan: a request of the number of items has none of them.
pub(crate) fn response(select: Option<&Select>, output: &ScanOutput, metadata: &Metadata) -> Page {
    let items = (select != Some(&Select::Count)).then_some(output.items.as_slice());
    Page::new(items, (output.count, output.scanned_count), output.last_evaluated_key.as_ref(), metadata)
}

pub(crate) fn outcome(mut page: Page) -> Outcome {
    let output = ScanOutput {
        items: page.take_items(),
        count: page.count,
        scanned_count: page.scanned_count,
        last_evaluated_key: page.last_evaluated_key.take(),
    };
    Outcome { output: output.into(), metadata: page.metadata() }
}
