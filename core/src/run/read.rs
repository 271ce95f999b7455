//! Execution of a read plan, page by page.

use super::hydrate::PageHydration;
use super::repeat_check::{RepeatCheck, repeated};
use super::{BatchRead, ItemPage, Machine, Step};
use crate::driver::{DriverError, output_of};
use crate::expression::Condition;
use crate::layer::{Backoff, RetryPolicy};
use crate::plan::{GetItem, Operation, Outcome, Query, QueryOutput, Scan, ScanOutput};
use crate::planner::{Access, Hydration, LastEvaluatedKey, PartitionQuery, ReadPlan, ResultKind, ScanPlan};
use crate::value::{Item, Name};

/// Executes a [`ReadPlan`]. Yields one [`ItemPage`] for each response with results.
///
/// The service applies a limit before it filters. The limit is therefore sent only if every item that is read is a result.
/// Otherwise pages are read in full, surplus results are cut off, and the page token is made of the last item that is yielded.
#[derive(Debug)]
pub(crate) struct Read {
    result_kind: ResultKind,
    table_key: &'static [Name],
    token_key: &'static [Name],
    hydration: Option<Hydration>,
    /// The fetch of items for a page of an index, while it is in progress.
    hydrating: Option<Box<PageHydration>>,
    retry: (RetryPolicy, u64),
    /// The number of results that are missing to the limit.
    remaining: Option<u64>,
    source: ReadSource,
    /// The keys from which the current query or scan continued.
    start_keys: RepeatCheck<Item>,
    /// `true` if the executor runs other tasks before the next request.
    is_continuing: bool,
    ready: Option<ItemPage>,
}

#[derive(Debug)]
enum ReadSource {
    Get(Option<GetItem>),
    Keys { batch: Box<BatchRead>, residual: Option<Condition> },
    Queries { queries: Vec<PartitionQuery>, at: usize },
    Scan(Box<ScanPlan>),
    Ended,
}

impl Read {
    /// Creates the machine. `seed` comes from the driver's clock and varies the waits between attempts.
    pub(crate) fn new(plan: ReadPlan, policy: RetryPolicy, seed: u64) -> Self {
        let source = match plan.access {
            Access::Empty(_) => ReadSource::Ended,
            Access::Get(get) => ReadSource::Get(Some(get)),
            Access::Keys(keys) => {
                let backoff = Backoff::new(policy, seed);
                let mut batch = BatchRead::new(keys.table, plan.table_key, keys.keys, keys.projection, backoff);
                batch.set_consistent(keys.consistent);
                ReadSource::Keys { batch: Box::new(batch), residual: keys.residual }
            }
            Access::Queries(queries) => ReadSource::Queries { queries, at: 0 },
            Access::Scan(scan_plan) => ReadSource::Scan(scan_plan),
        };
        let start = match &source {
            ReadSource::Queries { queries, .. } => queries.first().and_then(start_key),
            ReadSource::Scan(scan_plan) => scan_plan.scan.exclusive_start_key.clone(),
            ReadSource::Get(_) | ReadSource::Keys { .. } | ReadSource::Ended => None,
        };
        let remaining = plan.limit.map(|limit| u64::try_from(limit).unwrap_or(u64::MAX));
        Self {
            result_kind: plan.result_kind,
            table_key: plan.table_key,
            token_key: plan.token_key,
            hydration: plan.hydration,
            hydrating: None,
            retry: (policy, seed),
            remaining,
            source,
            start_keys: RepeatCheck::after(start),
            is_continuing: false,
            ready: None,
        }
    }

    /// Lets the executor run other tasks also before the first request, because other reads came before this one.
    #[must_use]
    pub(crate) const fn continuing(mut self) -> Self {
        self.is_continuing = true;
        self
    }

    /// Returns the key attributes in a page token.
    pub(crate) fn token_key(&self) -> &'static [Name] {
        self.token_key
    }

    /// Cuts a page to the limit and makes it ready to be yielded, unless it is empty and further pages can follow.
    fn make_ready(&mut self, mut page: ItemPage, next: Option<Item>, has_more: bool) {
        let mut next = next.map(LastEvaluatedKey::from);
        let last_key = |page: &ItemPage| page.token_at_end(self.token_key);
        let mut ended = next.is_none() && !has_more;
        if let Some(remaining) = &mut self.remaining {
            if page.count > *remaining {
                page.truncate(*remaining);
                next = last_key(&page);
                ended = true;
            } else if page.count == *remaining {
                if next.is_none() && has_more {
                    next = last_key(&page);
                }
                ended = true;
            }
            *remaining -= page.count;
        }
        if !ended && next.is_none() {
            next = last_key(&page);
        }
        page.last_evaluated_key = next;
        if ended {
            self.source = ReadSource::Ended;
        }
        if ended || page.count > 0 {
            self.ready = Some(page);
        }
    }

    /// Makes a page ready, or starts to fetch its items from the table.
    fn supply_page(&mut self, page: ItemPage, next: Option<Item>, has_more: bool) {
        match &self.hydration {
            Some(hydration) if !page.items.is_empty() => {
                let hydrating = PageHydration::new(hydration, self.table_key, page, (next, has_more), self.retry);
                self.hydrating = Some(Box::new(hydrating));
            }
            _ => self.make_ready(page, next, has_more),
        }
    }

    /// Continues the fetch of a page's items. Returns `None` if there is none, or when it is complete.
    fn hydrate(&mut self) -> Option<Step<ItemPage>> {
        let (hydrating, hydration) = (self.hydrating.as_mut()?, self.hydration.as_ref()?);
        loop {
            match hydrating.batch.next() {
                Step::Execute(plan) => return Some(Step::Execute(plan)),
                Step::Sleep(duration) => return Some(Step::Sleep(duration)),
                Step::Emit((items, _)) => hydrating.take(items, self.table_key),
                Step::Done => break,
            }
        }
        let page = hydrating.page(hydration, self.table_key);
        let (next, has_more) = (hydrating.next.take(), hydrating.has_more);
        self.hydrating = None;
        self.make_ready(page, next, has_more);
        None
    }

    fn supply_scan(&mut self, output: ScanOutput) -> Result<(), DriverError> {
        let ReadSource::Scan(scan_plan) = &mut self.source else { return Ok(()) };
        let page = page(output.items, Some(output.count), scan_plan.residual.as_ref());
        if output.last_evaluated_key.as_ref().is_some_and(|key| self.start_keys.is_repeated(key)) {
            return Err(repeated(Scan::NAME, "LastEvaluatedKey").on_table(Some(&scan_plan.scan.table)));
        }
        scan_plan.scan.exclusive_start_key.clone_from(&output.last_evaluated_key);
        self.supply_page(page, output.last_evaluated_key, false);
        Ok(())
    }

    fn supply_query(&mut self, output: QueryOutput) -> Result<(), DriverError> {
        let ReadSource::Queries { queries, at } = &mut self.source else { return Ok(()) };
        let partition = &mut queries[*at];
        let page = page(output.items, Some(output.count), partition.residual.as_ref());
        match &output.last_evaluated_key {
            Some(key) if self.start_keys.is_repeated(key) => {
                return Err(repeated(Query::NAME, "LastEvaluatedKey").on_table(Some(&partition.query.table)));
            }
            Some(key) => partition.query.exclusive_start_key = Some(key.clone()),
            None => {
                *at += 1;
                self.start_keys = RepeatCheck::after(queries.get(*at).and_then(start_key));
            }
        }
        let has_more = *at < queries.len();
        self.supply_page(page, output.last_evaluated_key, has_more);
        Ok(())
    }
}

fn start_key(partition: &PartitionQuery) -> Option<Item> {
    partition.query.exclusive_start_key.clone()
}

/// Returns the results among the items of one response.
fn page(mut items: Vec<Item>, count: Option<u64>, residual: Option<&Condition>) -> ItemPage {
    if let Some(residual) = residual {
        items.retain(|item| residual.holds_for(item));
    }
    let count = match (count, residual) {
        (Some(count), None) => count,
        _ => u64::try_from(items.len()).unwrap_or(u64::MAX),
    };
    ItemPage { items, count, ..ItemPage::default() }
}

impl Machine for Read {
    type Emit = ItemPage;

    fn next(&mut self) -> Step<ItemPage> {
        if let Some(step) = self.hydrate() {
            return step;
        }
        if let Some(page) = self.ready.take() {
            return Step::Emit(page);
        }
        // If items are dropped after the fetch, a page as small as the limit may have no results.
        let is_pushed_down = self.hydration.as_ref().is_none_or(|hydration| !hydration.filters);
        match &mut self.source {
            ReadSource::Ended => Step::Done,
            ReadSource::Get(get) => match get.take() {
                Some(get) => Step::Execute(get.into()),
                None => Step::Done,
            },
            ReadSource::Queries { queries, at } => match queries.get(*at) {
                Some(partition) => {
                    Step::Execute(request(partition, is_pushed_down, self.result_kind, self.remaining).into())
                }
                None => Step::Done,
            },
            ReadSource::Scan(scan_plan) => {
                let mut scan = scan_plan.scan.clone();
                if is_pushed_down && scan_plan.reads_only_results() {
                    scan.limit = limit(self.result_kind, self.remaining);
                }
                Step::Execute(scan.into())
            }
            ReadSource::Keys { batch, residual } => {
                if let (None, Some(remaining)) = (&residual, self.remaining) {
                    batch.set_chunk_max(usize::try_from(remaining).unwrap_or(usize::MAX));
                }
                match batch.next() {
                    Step::Execute(plan) => Step::Execute(plan),
                    Step::Sleep(duration) => Step::Sleep(duration),
                    Step::Done => Step::Done,
                    Step::Emit((items, has_more)) => {
                        let page = page(items, None, residual.as_ref());
                        self.make_ready(page, None, has_more);
                        self.next()
                    }
                }
            }
        }
    }

    fn is_continuing(&self) -> bool {
        self.is_continuing
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        self.is_continuing = true;
        if let Some(hydrating) = &mut self.hydrating {
            return hydrating.batch.supply(outcome);
        }
        match &mut self.source {
            ReadSource::Keys { batch, .. } => return batch.supply(outcome),
            ReadSource::Get(_) => {
                let output = output_of::<GetItem>(outcome?)?;
                let page = page(output.item.into_iter().collect(), None, None);
                self.make_ready(page, None, false);
            }
            ReadSource::Scan(_) => {
                let output = output_of::<Scan>(outcome?)?;
                self.supply_scan(output)?;
            }
            ReadSource::Queries { .. } | ReadSource::Ended => {
                let output = output_of::<Query>(outcome?)?;
                self.supply_query(output)?;
            }
        }
        Ok(())
    }
}

/// Returns the next request of a query.
fn request(partition: &PartitionQuery, is_pushed_down: bool, result_kind: ResultKind, remaining: Option<u64>) -> Query {
    let mut query = partition.query.clone();
    if is_pushed_down && partition.reads_only_results() {
        query.limit = limit(result_kind, remaining);
    }
    query
}

/// Returns the limit of a request if every item that is read is a result.
fn limit(result_kind: ResultKind, remaining: Option<u64>) -> Option<u32> {
    let remaining = match result_kind {
        // One item proves existence.
        ResultKind::Exists => Some(1),
        _ => remaining,
    };
    remaining.map(|remaining| u32::try_from(remaining).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs()))
}
