//! Comparison of the responses of two drivers.

use std::borrow::Cow;
use std::fmt::Debug;

use djamodb_core::driver::DriverError;
use djamodb_core::plan::{ConsumedCapacity, Metadata, Outcome, Output, QueryPlan};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Item;

use crate::descriptions::{normalise, without_identifiers};

/// The response to an operation: one outcome or error, or one of each page.
pub(crate) type Response = Vec<Result<Outcome, DriverError>>;

/// The responses of both drivers to an operation.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) schema: &'a TableSchema,
    pub(crate) op: &'a QueryPlan,
    pub(crate) memory: &'a Response,
    pub(crate) server: &'a Response,
}

impl Pair<'_> {
    /// Returns a description of the first difference.
    pub(crate) fn difference(&self) -> Option<String> {
        if self.is_unordered() {
            let [mut memory, mut server] = [self.memory, self.server].map(Sum::of);
            if self.memory.len() != self.server.len() {
                (memory.capacity, server.capacity) = (None, None);
            }
            return differ("complete reads", &memory, &server);
        }
        if self.memory.len() != self.server.len() {
            return differ("numbers of pages", &self.memory.len(), &self.server.len());
        }
        let mut pairs = self.memory.iter().zip(self.server);
        pairs.find_map(|(memory, server)| match (memory, server) {
            (Ok(memory), Ok(server)) => differ("outputs", &self.normal(&memory.output), &self.normal(&server.output))
                .or_else(|| differ("capacities", &capacity(memory), &capacity(server))),
            (Err(memory), Err(server)) => differ("errors", &error(memory), &error(server)),
            (memory, server) => differ("results", &shown(memory), &shown(server)),
        })
    }

    /// Returns `true` if the responses differ in nothing but the consumed capacity.
    pub(crate) fn differs_in_capacity_only(&self) -> bool {
        let without = |response: &Response| -> Response {
            let without = |outcome: &Outcome| Outcome { output: outcome.output.clone(), metadata: Metadata::default() };
            response.iter().map(|result| result.as_ref().map(without).map_err(Clone::clone)).collect()
        };
        let (memory, server) = (&without(self.memory), &without(self.server));
        Pair { memory, server, ..*self }.difference().is_none()
    }

    /// Returns `true` if the server ends a complete read on an earlier page than the memory driver. It may lack rows then.
    pub(crate) fn server_ends_earlier(&self) -> bool {
        let [memory, server] = [self.memory, self.server].map(Sum::of);
        let has_errors = memory.error.is_some() || server.error.is_some();
        !has_errors
            && self.server.len() < self.memory.len()
            && server.count <= memory.count
            && server.rows.iter().all(|row| memory.rows.contains(row))
    }

    /// Returns the errors of both drivers, if both failed.
    pub(crate) fn errors(&self) -> Option<(&DriverError, &DriverError)> {
        let last =
            |response: &'_ Response| -> Option<usize> { response.last()?.as_ref().err().map(|_| response.len() - 1) };
        let (memory, server) = (last(self.memory)?, last(self.server)?);
        Some((self.memory[memory].as_ref().err()?, self.server[server].as_ref().err()?))
    }

    /// Returns the outputs of both drivers, if both succeeded with one response.
    pub(crate) fn outputs(&self) -> Option<(&Output, &Output)> {
        match (self.memory.as_slice(), self.server.as_slice()) {
            ([Ok(memory)], [Ok(server)]) => Some((&memory.output, &server.output)),
            _ => None,
        }
    }

    /// Returns an output without what cannot agree, and with the items of a batch in an order that does not depend on the driver.
    pub(crate) fn normal(&self, output: &Output) -> Output {
        let mut output = output.clone();
        normalise(&mut output, &self.schema.name);
        match &mut output {
            Output::BatchGetItem(batch) => {
                batch.items.retain(|(_, items)| !items.is_empty());
                for (_, items) in &mut batch.items {
                    items.sort_by_cached_key(|item: &Item| format!("{item:?}"));
                }
            }
            Output::BatchWriteItem(batch) => batch.item_collection_metrics.clear(),
            _ => {}
        }
        output
    }

    /// Returns `true` if AWS leaves the order of the rows open: across the partitions of a scan, and between equal keys of an index.
    fn is_unordered(&self) -> bool {
        match self.op {
            QueryPlan::Scan(_) => true,
            QueryPlan::Query(query) => query.index.is_some(),
            _ => false,
        }
    }
}

fn differ<T: PartialEq + Debug>(subject: &str, memory: &T, server: &T) -> Option<String> {
    (memory != server).then(|| format!("{subject} differ\n  memory: {}\n  server: {}", short(memory), short(server)))
}

/// Returns the debug text of a value, without the middle of a long one.
fn short(value: &impl Debug) -> String {
    const CHARACTERS_MAX: usize = 1_500;
    let text = format!("{value:?}");
    if text.chars().count() <= CHARACTERS_MAX {
        return text;
    }
    let start: String = text.chars().take(CHARACTERS_MAX).collect();
    format!("{start}… ({} bytes)", text.len())
}

/// The rows of all pages of a read, in an order that does not depend on the driver.
#[derive(PartialEq, Debug)]
struct Sum {
    rows: Vec<String>,
    count: u64,
    scanned_count: u64,
    /// Capacity of a read of one page. That of several depends on where they end.
    capacity: Option<String>,
    error: Option<String>,
}

impl Sum {
    fn of(response: &Response) -> Self {
        let mut sum = Self { rows: Vec::new(), count: 0, scanned_count: 0, capacity: None, error: None };
        for page in response {
            let (items, count, scanned_count) = match page {
                Ok(Outcome { output: Output::Query(page), .. }) => (&page.items, page.count, page.scanned_count),
                Ok(Outcome { output: Output::Scan(page), .. }) => (&page.items, page.count, page.scanned_count),
                Ok(_) => continue,
                Err(failure) => {
                    sum.error = Some(error(failure));
                    continue;
                }
            };
            sum.rows.extend(items.iter().map(|item| format!("{item:?}")));
            sum.count += count;
            sum.scanned_count += scanned_count;
        }
        if let [Ok(page)] = response.as_slice() {
            sum.capacity = Some(capacity(page));
        }
        sum.rows.sort_unstable();
        sum
    }
}

fn capacity(outcome: &Outcome) -> String {
    let mut all: Vec<ConsumedCapacity> = outcome.metadata.consumed_capacity.clone();
    for capacity in &mut all {
        capacity.local_indexes.sort_by(|one, two| one.index.cmp(&two.index));
        capacity.global_indexes.sort_by(|one, two| one.index.cmp(&two.index));
    }
    format!("{all:?}")
}

/// Returns everything of an error that a caller sees.
pub(crate) fn error(error: &DriverError) -> String {
    let message = without_kind_of_empty_set(uncounted(error));
    format!("{:?}: {}", error.kind(), without_identifiers(&with_sorted_names(&message)))
}

/// Returns a message that does not name the kind of an empty set: a request has the attributes of a map in no order, so that any one of
/// several empty sets is found first.
fn without_kind_of_empty_set(message: &str) -> Cow<'_, str> {
    let kinds =
        ["An string set  may not be empty", "An number set  may not be empty", "Binary sets should not be empty"];
    match kinds.iter().find(|kind| message.contains(**kind)) {
        Some(kind) => message.replace(kind, "A set is empty").into(),
        None => message.into(),
    }
}

/// Returns a message whose lists are sorted, since the service lists in no order: the attributes that an index lacks, unused placeholders,
/// types.
fn with_sorted_names(message: &str) -> String {
    let list = match message.split_once(" does not project ") {
        Some((_, rest)) => rest.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']')),
        None => message.split_once('{').and_then(|(_, rest)| rest.strip_suffix('}')),
    };
    let Some(list) = list else { return message.to_owned() };
    let mut names: Vec<&str> = list.split(',').map(str::trim).collect();
    names.sort_unstable();
    message.replace(list, &names.join(", "))
}

/// Returns the message of an error. That of a write of one item is without the count of the newer validation layer, which DynamoDB Local
/// does not have.
pub(crate) fn uncounted(error: &DriverError) -> &str {
    let is_counted = ["PutItem", "UpdateItem", "DeleteItem"].contains(&error.operation());
    let count = if is_counted { "1 validation error detected: " } else { "" };
    error.message().strip_prefix(count).unwrap_or(error.message())
}

fn shown(result: &Result<Outcome, DriverError>) -> String {
    match result {
        Ok(outcome) => format!("Ok: {:?}", outcome.output),
        Err(failure) => error(failure),
    }
}
