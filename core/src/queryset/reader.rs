//! Reads under way: page by page, within the queryset's rate and the database's scan policy.

mod segments;
mod sort;
mod union;

use std::collections::VecDeque;

use super::plan_tree::PlanTree;
use super::rate_limit::RateLimit;
use crate::database::Database;
use crate::driver::DriverError;
use crate::planner::{Access, PlanError, ReadPlan};
use crate::run::{ItemPage, Read, advance};
use crate::value::Name;
use segments::SegmentReader;
use sort::SortReader;
use union::UnionReader;

/// Reads the pages of a [`PlanTree`].
pub(super) enum PageReader {
    Single(Box<SingleReader>),
    Segments(SegmentReader),
    Union(Box<UnionReader>),
    AnyOf(VecDeque<PageReader>),
    Limit(Box<LimitReader>),
    Sort(Box<SortReader>),
}

impl PageReader {
    /// Prepares all reads of a tree; sends nothing.
    ///
    /// # Errors
    ///
    /// Returns [`PlanError::ScanDenied`] if the database allows no scans and one of the reads is a scan.
    pub(super) fn begin(tree: PlanTree, model: &'static str, db: &Database) -> Result<Self, PlanError> {
        Call { model, db, scanning: None }.begin(tree, &mut Vec::new())
    }

    /// Reads the next page, or returns `None` at the end. Pages other than the last hold at least one result.
    pub(super) async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        match self {
            Self::Single(reader) => reader.next().await,
            Self::Segments(reader) => reader.next().await,
            Self::Union(reader) => reader.next().await,
            Self::AnyOf(readers) => union::next_of_any(readers).await,
            Self::Limit(reader) => reader.next().await,
            Self::Sort(reader) => reader.next().await,
        }
    }

    /// Reads all further pages and returns them as one.
    pub(super) async fn rest(&mut self) -> Result<ItemPage, DriverError> {
        let mut whole = ItemPage::default();
        while let Some(page) = self.next().await? {
            whole.append(page);
        }
        Ok(whole)
    }

    /// Returns `true` if more pages can follow the page that was read last.
    pub(super) fn may_have_more(&self, page: &ItemPage) -> bool {
        match self {
            Self::Single(_) => page.last_evaluated_key.is_some(),
            Self::Sort(_) => false,
            Self::Limit(reader) => reader.remaining > 0,
            Self::Segments(_) | Self::Union(_) | Self::AnyOf(_) => true,
        }
    }
}

/// Reads the pages of one read plan.
#[derive(Debug)]
pub(super) struct SingleReader {
    db: Database,
    read: Read,
}

impl SingleReader {
    /// Prepares the read of one plan within its rate.
    pub(super) fn begin(
        plan: ReadPlan,
        rate_limit: Option<&RateLimit>,
        model: &'static str,
        db: &Database,
    ) -> Result<Self, PlanError> {
        let limits: Vec<RateLimit> = rate_limit.into_iter().cloned().collect();
        Call { model, db, scanning: None }.begin_single(plan, &limits)
    }

    fn new(plan: ReadPlan, db: Database) -> Self {
        let read = Read::new(plan, db.retry_policy(), db.driver().clock().seed());
        Self { db, read }
    }

    /// Lets the executor run other tasks before the first request, because other reads came before this one.
    pub(super) fn continuing(self) -> Self {
        Self { read: self.read.continuing(), ..self }
    }

    /// Reads the next page, or returns `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        advance(self.db.driver(), &mut self.read).await
    }

    /// Reads all further pages and returns them as one.
    pub(super) async fn rest(&mut self) -> Result<ItemPage, DriverError> {
        let mut whole = ItemPage::default();
        while let Some(page) = self.next().await? {
            whole.append(page);
        }
        Ok(whole)
    }

    /// Returns the key attributes that a page token holds.
    pub(super) fn token_key(&self) -> &[Name] {
        self.read.token_key()
    }
}

/// Reads pages until there are as many results as the limit says.
pub(super) struct LimitReader {
    input: PageReader,
    remaining: u64,
}

impl LimitReader {
    async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        if self.remaining == 0 {
            return Ok(None);
        }
        let Some(mut page) = Box::pin(self.input.next()).await? else {
            return Ok(None);
        };
        page.truncate(self.remaining);
        self.remaining -= page.count;
        Ok(Some(page))
    }
}

/// One call of a terminal method.
struct Call<'a> {
    model: &'static str,
    db: &'a Database,
    /// The database with the budget that all scans of the call share, once there is a scan.
    scanning: Option<Database>,
}

impl Call<'_> {
    /// Prepares the reads of a tree, within these rates.
    fn begin(&mut self, tree: PlanTree, limits: &mut Vec<RateLimit>) -> Result<PageReader, PlanError> {
        Ok(match tree {
            PlanTree::Single(plan) => PageReader::Single(Box::new(self.begin_single(*plan, limits)?)),
            PlanTree::Segments(segments) => {
                let db = self.database_for(&segments.first, limits)?;
                PageReader::Segments(SegmentReader::new(segments, &db))
            }
            PlanTree::Union { operands, table_key } => {
                let operands = operands.into_iter().map(|operand| {
                    let can_repeat_items = operand.can_repeat_items();
                    Ok((self.begin(operand, limits)?, can_repeat_items))
                });
                PageReader::Union(Box::new(UnionReader::new(operands.collect::<Result<_, _>>()?, table_key)))
            }
            PlanTree::AnyOf { operands, .. } => {
                let readers = operands.into_iter().map(|operand| self.begin(operand, limits));
                PageReader::AnyOf(readers.collect::<Result<_, _>>()?)
            }
            PlanTree::Limit { input, limit } => {
                let remaining = u64::try_from(limit).unwrap_or(u64::MAX);
                PageReader::Limit(Box::new(LimitReader { input: self.begin(*input, limits)?, remaining }))
            }
            PlanTree::Sort { input, order, keep } => {
                PageReader::Sort(Box::new(SortReader::new(self.begin(*input, limits)?, order, keep)))
            }
            PlanTree::Count { input } => self.begin(*input, limits)?,
            PlanTree::RateLimited { input, rate_limit } => {
                limits.push(rate_limit);
                let reader = self.begin(*input, limits);
                limits.pop();
                reader?
            }
        })
    }

    fn begin_single(&mut self, plan: ReadPlan, limits: &[RateLimit]) -> Result<SingleReader, PlanError> {
        let db = self.database_for(&plan, limits)?;
        Ok(SingleReader::new(plan, db))
    }

    /// Returns the database as the plan may use it.
    fn database_for(&mut self, plan: &ReadPlan, limits: &[RateLimit]) -> Result<Database, PlanError> {
        let db = match (&plan.access, &self.scanning) {
            (Access::Scan(_), Some(scanning)) => scanning.clone(),
            (Access::Scan(_), None) => {
                self.scanning.insert(self.db.admit_scan(self.model, plan.index.as_ref())?).clone()
            }
            _ => self.db.clone(),
        };
        Ok(limits.iter().fold(db, |db, limit| limit.apply(&db)))
    }
}
