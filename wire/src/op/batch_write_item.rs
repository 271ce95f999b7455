//! [`BatchWriteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html): puts and deletes items of
//! several tables.

use djamodb_core::plan::{
    BatchWriteItem, BatchWriteItemOutput, Metadata, Outcome, QueryPlan, TableWrites, WriteRequest,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, List, Map, SentItem, Structure, Text, TypeName};
use crate::shape::capacity::{self, Capacity};
use crate::shape::item_collection::{self, MetricsByTable};
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    request_items: Option<Map<List<Element<SentWrite>>>>,
    return_consumed_capacity: Option<Text>,
    return_item_collection_metrics: Option<Text>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentWrite {
    put_request: Option<Structure<PutRequest>>,
    delete_request: Option<Structure<DeleteRequest>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PutRequest {
    item: Option<SentItem>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct DeleteRequest {
    key: Option<SentItem>,
}

impl TypeName for SentWrite {
    const NAME: &'static str = "WriteRequest";
}

impl TypeName for PutRequest {
    const NAME: &'static str = "PutRequest";
}

impl TypeName for DeleteRequest {
    const NAME: &'static str = "DeleteRequest";
}

impl From<&WriteRequest> for SentWrite {
    fn from(write: &WriteRequest) -> Self {
        let (mut put_request, mut delete_request) = (None, None);
        match write {
            WriteRequest::Put(item) => put_request = Some(Structure(PutRequest { item: Some(item.clone().into()) })),
            WriteRequest::Delete(key) => {
                delete_request = Some(Structure(DeleteRequest { key: Some(key.clone().into()) }));
            }
        }
        Self { put_request, delete_request }
    }
}

impl SentWrite {
    /// Adds the violations of the members. `path` is the path of the write.
    fn check(&self, path: &str, violations: &mut Violations) {
        if self.put_request.as_ref().is_some_and(|Structure(put)| put.item.is_none()) {
            violations.null(&format!("{path}.putRequest.item"));
        }
        if self.delete_request.as_ref().is_some_and(|Structure(delete)| delete.key.is_none()) {
            violations.null(&format!("{path}.deleteRequest.key"));
        }
    }

    fn plan(self) -> Result<WriteRequest, RequestError> {
        let checked = |item: Option<SentItem>| item.unwrap_or_default().checked().map_err(RequestError::Validation);
        match (self.put_request, self.delete_request) {
            (Some(Structure(put)), None) => checked(put.item).map(WriteRequest::Put),
            (None, Some(Structure(delete))) => checked(delete.key).map(WriteRequest::Delete),
            (None, None) => Err(RequestError::validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            )),
            (Some(_), Some(_)) => Err(RequestError::validation(
                "Supplied WriteRequest has more than one operation set, must contain exactly one of PutRequest or DeleteRequest",
            )),
        }
    }
}

impl Request {
    pub(crate) fn new(batch: &BatchWriteItem) -> Self {
        Self {
            request_items: Some(sent(&batch.requests)),
            return_consumed_capacity: capacity::write_return(batch.return_consumed_capacity),
            return_item_collection_metrics: item_collection::write_return(batch.return_item_collection_metrics),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let tables = violations.required("requestItems", self.request_items);
        for (table, List(writes)) in &tables.0 {
            for (at, Element(write)) in writes.iter().enumerate() {
                write.check(&format!("requestItems.{table}.member.{}.member", at + 1), &mut violations);
            }
        }
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        let return_item_collection_metrics =
            item_collection::read_return(self.return_item_collection_metrics, &mut violations);
        violations.check()?;
        Ok(BatchWriteItem { requests: planned(tables)?, return_consumed_capacity, return_item_collection_metrics }
            .into())
    }
}

fn sent(tables: &[TableWrites]) -> Map<List<Element<SentWrite>>> {
    let tables = tables.iter().map(|TableWrites { table, writes }| {
        (table.as_str().to_owned(), List(writes.iter().map(|write| Element(write.into())).collect()))
    });
    Map(tables.collect())
}

fn planned(tables: Map<List<Element<SentWrite>>>) -> Result<Vec<TableWrites>, RequestError> {
    let tables = tables.0.into_iter().map(|(table, List(writes))| {
        let writes = writes.into_iter().map(|Element(write)| write.plan()).collect::<Result<_, _>>()?;
        Ok(TableWrites { table: table_name::read(Text(table)), writes })
    });
    tables.collect()
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    unprocessed_items: Map<List<Element<SentWrite>>>,
    item_collection_metrics: Option<MetricsByTable>,
    consumed_capacity: Option<Vec<Capacity>>,
}

impl Response {
    pub(crate) fn new(output: &BatchWriteItemOutput, metadata: &Metadata) -> Self {
        Self {
            unprocessed_items: sent(&output.unprocessed),
            item_collection_metrics: item_collection::by_table(&output.item_collection_metrics),
            consumed_capacity: Capacity::of_tables(metadata),
        }
    }

    pub(crate) fn outcome(self) -> Result<Outcome, RequestError> {
        let output = BatchWriteItemOutput {
            unprocessed: planned(self.unprocessed_items)?,
            item_collection_metrics: item_collection::from_tables(self.item_collection_metrics),
        };
        let metadata = metadata::of_tables(self.consumed_capacity.unwrap_or_default());
        Ok(Outcome { output: output.into(), metadata })
    }
}
