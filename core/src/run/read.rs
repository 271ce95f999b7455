//! Reading: a plan's requests one after the other, page by page.

use super::{Backoff, BatchRead, Machine, Page, RetryPolicy, Step};
use crate::driver::{DriverError, output_of};
use crate::expression::Condition;
use crate::plan::{GetItem, Outcome, Query, QueryOutput, Scan, ScanOutput};
use crate::planner::{Access, Branch, LastEvaluatedKey, Purpose, ReadPlan, Sweep};
use crate::value::{Item, Name};

/// Carries a [`ReadPlan`] out. Hands on one [`Page`] for each answer that holds results.
///
/// The service counts a limit before it filters. So a limit is left to the service only where everything that is read is a
/// result; elsewhere pages are read in full, what is too much is cut off, and the page token is made anew from the last
/// item that is handed on.
#[derive(Debug)]
pub struct Read {
    purpose: Purpose,
    token_key: Vec<Name>,
    /// How many results are still wanted.
    wanted: Option<u64>,
    source: Source,
    ready: Option<Page>,
}

#[derive(Debug)]
enum Source {
    Get(Option<GetItem>),
    Keys { batch: Box<BatchRead>, residual: Option<Condition> },
    Queries { branches: Vec<Branch>, at: usize },
    Scan(Box<Sweep>),
    Ended,
}

impl Read {
    /// Carries a plan out; `seed` comes from the driver's clock.
    pub fn new(plan: ReadPlan, policy: RetryPolicy, seed: u64) -> Self {
        let source = match plan.access {
            Access::Empty(_) => Source::Ended,
            Access::Get(get) => Source::Get(Some(get)),
            Access::Keys(keys) => {
                let backoff = Backoff::new(policy, seed);
                let mut batch = BatchRead::new(keys.table, plan.table_key, keys.keys, keys.projection, backoff);
                batch.set_consistent(keys.consistent);
                Source::Keys { batch: Box::new(batch), residual: keys.residual }
            }
            Access::Queries(branches) => Source::Queries { branches, at: 0 },
            Access::Scan(sweep) => Source::Scan(sweep),
        };
        let wanted = plan.limit.map(|limit| u64::try_from(limit).unwrap_or(u64::MAX));
        Self { purpose: plan.purpose, token_key: plan.token_key, wanted, source, ready: None }
    }

    /// Cuts a page to what is still wanted and hands it on, unless it is empty and more may come.
    fn hand_on(&mut self, mut page: Page, next: Option<Item>, has_more: bool) {
        let mut next = next.map(LastEvaluatedKey::from);
        let last_key = |page: &Page| page.items.last().map(|item| item.pick(&self.token_key).into());
        let mut ended = next.is_none() && !has_more;
        if let Some(wanted) = &mut self.wanted {
            if page.count > *wanted {
                page.count = *wanted;
                page.items.truncate(usize::try_from(*wanted).unwrap_or(usize::MAX));
                next = last_key(&page);
                ended = true;
            } else if page.count == *wanted {
                if next.is_none() && has_more {
                    next = last_key(&page);
                }
                ended = true;
            }
            *wanted -= page.count;
        }
        if !ended && next.is_none() {
            next = last_key(&page);
        }
        page.last_evaluated_key = next;
        if ended {
            self.source = Source::Ended;
        }
        if ended || page.count > 0 {
            self.ready = Some(page);
        }
    }

    fn supply_scan(&mut self, output: ScanOutput) {
        let Source::Scan(sweep) = &mut self.source else { return };
        let page = page(output.items, Some(output.count), sweep.residual.as_ref());
        sweep.scan.exclusive_start_key.clone_from(&output.last_evaluated_key);
        self.hand_on(page, output.last_evaluated_key, false);
    }

    fn supply_query(&mut self, output: QueryOutput) {
        let Source::Queries { branches, at } = &mut self.source else { return };
        let branch = &mut branches[*at];
        let page = page(output.items, Some(output.count), branch.residual.as_ref());
        match &output.last_evaluated_key {
            Some(key) => branch.query.exclusive_start_key = Some(key.clone()),
            None => *at += 1,
        }
        let has_more = *at < branches.len();
        self.hand_on(page, output.last_evaluated_key, has_more);
    }
}

/// The results among the items of one answer.
fn page(mut items: Vec<Item>, count: Option<u64>, residual: Option<&Condition>) -> Page {
    if let Some(residual) = residual {
        items.retain(|item| residual.holds_for(item));
    }
    let count = match (count, residual) {
        (Some(count), None) => count,
        _ => u64::try_from(items.len()).unwrap_or(u64::MAX),
    };
    Page { items, count, last_evaluated_key: None }
}

impl Machine for Read {
    type Emit = Page;

    fn next(&mut self) -> Step<Page> {
        if let Some(page) = self.ready.take() {
            return Step::Emit(page);
        }
        match &mut self.source {
            Source::Ended => Step::Done,
            Source::Get(get) => match get.take() {
                Some(get) => Step::Execute(get.into()),
                None => Step::Done,
            },
            Source::Queries { branches, at } => match branches.get(*at) {
                Some(branch) => Step::Execute(request(branch, self.purpose, self.wanted).into()),
                None => Step::Done,
            },
            Source::Scan(sweep) => {
                let mut scan = sweep.scan.clone();
                if sweep.reads_only_results() {
                    scan.limit = limit(self.purpose, self.wanted);
                }
                Step::Execute(scan.into())
            }
            Source::Keys { batch, residual } => {
                if let (None, Some(wanted)) = (&residual, self.wanted) {
                    batch.set_chunk_max(usize::try_from(wanted).unwrap_or(usize::MAX));
                }
                match batch.next() {
                    Step::Execute(plan) => Step::Execute(plan),
                    Step::Sleep(duration) => Step::Sleep(duration),
                    Step::Done => Step::Done,
                    Step::Emit((items, has_more)) => {
                        let page = page(items, None, residual.as_ref());
                        self.hand_on(page, None, has_more);
                        self.next()
                    }
                }
            }
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        match &mut self.source {
            Source::Keys { batch, .. } => return batch.supply(outcome),
            Source::Get(_) => {
                let output = output_of::<GetItem>(outcome?)?;
                let page = page(output.item.into_iter().collect(), None, None);
                self.hand_on(page, None, false);
            }
            Source::Scan(_) => {
                let output = output_of::<Scan>(outcome?)?;
                self.supply_scan(output);
            }
            Source::Queries { .. } | Source::Ended => {
                let output = output_of::<Query>(outcome?)?;
                self.supply_query(output);
            }
        }
        Ok(())
    }
}

/// A branch's next request.
fn request(branch: &Branch, purpose: Purpose, wanted: Option<u64>) -> Query {
    let mut query = branch.query.clone();
    if branch.reads_only_results() {
        query.limit = limit(purpose, wanted);
    }
    query
}

/// How many items are to be read where each of them is a result.
fn limit(purpose: Purpose, wanted: Option<u64>) -> Option<u32> {
    let wanted = match purpose {
        // One is enough to know.
        Purpose::Exists => Some(1),
        _ => wanted,
    };
    wanted.map(|wanted| u32::try_from(wanted).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs()))
}
