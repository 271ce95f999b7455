//! From a queryset's options to its plans.

use super::Terminal;
use super::order::InMemoryOrder;
use super::plan_tree::{Keep, PlanTree, SegmentPlans};
use super::read_spec::ReadSpec;
use crate::expression::Path;
use crate::plan::Segment;
use crate::planner::{PlanError, Purpose, ReadPlan, Request};
use crate::value::Name;

/// Which results a terminal method needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Results {
    /// All items, up to the limit.
    Items,
    /// All items, up to the limit, in whatever order.
    ItemsInAnyOrder,
    First,
    Last,
    /// Two items, which are enough to know that there are several.
    Two,
    Count,
    /// One result, of which nothing is read.
    Any,
    /// The page token of the items.
    LastKey,
    /// The keys of all items, up to the limit.
    Keys,
}

impl Results {
    fn of(terminal: Terminal) -> Self {
        match terminal {
            Terminal::All | Terminal::Page | Terminal::Stream => Self::Items,
            Terminal::Aggregate => Self::ItemsInAnyOrder,
            Terminal::First => Self::First,
            Terminal::Last => Self::Last,
            Terminal::Get => Self::Two,
            Terminal::Count => Self::Count,
            Terminal::Exists => Self::Any,
            Terminal::LastEvaluatedKey => Self::LastKey,
            Terminal::Delete | Terminal::DeleteChecked => Self::Keys,
        }
    }

    fn purpose(self) -> Purpose {
        match self {
            Self::Items | Self::ItemsInAnyOrder | Self::First | Self::Last | Self::Two => Purpose::Items,
            Self::Count => Purpose::Count,
            Self::Any => Purpose::Exists,
            Self::LastKey => Purpose::LastKey,
            Self::Keys => Purpose::Keys,
        }
    }

    /// Returns how many results are enough, with this limit set on the queryset.
    fn limit(self, limit: Option<usize>) -> Option<usize> {
        let enough = match self {
            Self::First | Self::Last | Self::Any => 1,
            Self::Two => 2,
            Self::Items | Self::ItemsInAnyOrder | Self::Count | Self::LastKey | Self::Keys => return limit,
        };
        Some(limit.map_or(enough, |limit| limit.min(enough)))
    }

    /// Returns `true` if a sort on the client changes the results under this limit.
    fn depend_on_order(self, limit: Option<usize>) -> bool {
        match self {
            Self::Items | Self::First | Self::Last => true,
            Self::ItemsInAnyOrder | Self::Keys => limit.is_some(),
            Self::Two => limit.is_some_and(|limit| limit < 2),
            Self::Count | Self::Any | Self::LastKey => false,
        }
    }
}

impl ReadSpec {
    /// Plans a terminal method on the table `table`, which is the model's with its prefix.
    pub(super) fn plan(&self, terminal: Terminal, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_terminal(terminal)?;
        if terminal == Terminal::Aggregate {
            return self.plan_aggregate(Vec::new(), table);
        }
        self.plan_results(Results::of(terminal), table)
    }

    /// Plans to read these parts of all items, in whatever order.
    pub(super) fn plan_aggregate(&self, parts: Vec<Path>, table: &Name) -> Result<PlanTree, PlanError> {
        self.clone().with_parts(parts).plan_results(Results::ItemsInAnyOrder, table)
    }

    /// Plans to read the keys of all items for a method that writes them.
    pub(super) fn plan_keys(&self, method: &'static str, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_writes(method)?;
        self.plan_results(Results::Keys, table)
    }

    /// Plans a read that is neither a union, nor sorted, nor in segments.
    pub(super) fn plan_single(&self, terminal: Terminal, table: &Name) -> Result<ReadPlan, PlanError> {
        self.read_plan(self.request_for_plan(), Results::of(terminal), table)
    }

    fn plan_results(&self, results: Results, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_options()?;
        let tree = match &self.sort {
            Some(order) if results.depend_on_order(self.request.limit) => {
                self.clone().unlimited_in_rate().plan_sorted(order, results, table)?
            }
            _ if self.is_union() => self.plan_union(results, table)?,
            _ => match self.total_segments {
                Some(total_segments) => self.plan_segments(total_segments, results, table)?,
                None => PlanTree::single(self.read_plan(self.request_for_plan(), results, table)?),
            },
        };
        Ok(tree.rate_limited(self.rate_limiter.as_ref()))
    }

    /// Returns the planner's request, which states the rate of the queryset.
    pub(super) fn request_for_plan(&self) -> Request {
        Request { pace: self.rate_limiter.clone(), ..self.request.clone() }
    }

    fn read_plan(&self, request: Request, results: Results, table: &Name) -> Result<ReadPlan, PlanError> {
        let forward = request.forward != (results == Results::Last);
        let limit = results.limit(request.limit);
        ReadPlan::new(&Request { forward, limit, ..request }, table, results.purpose())
    }

    fn plan_segments(&self, total_segments: u32, results: Results, table: &Name) -> Result<PlanTree, PlanError> {
        let segment = Some(Segment { segment: 0, total_segments });
        let first = self.read_plan(Request { segment, ..self.request.clone() }, results, table)?;
        let segments = SegmentPlans::new(first, total_segments);
        // One segment keeps the limit itself; a read for one result ends with the first.
        let limit = results.limit(self.request.limit).filter(|_| segments.count > 1 && results != Results::Any);
        Ok(PlanTree::Segments(segments).limited(limit))
    }

    fn plan_union(&self, results: Results, table: &Name) -> Result<PlanTree, PlanError> {
        let limit = results.limit(self.request.limit);
        let results_of_each = match results {
            // What is counted has to be distinguished by its key.
            Results::Count | Results::Keys => Results::Keys,
            Results::First | Results::Any => results,
            _ => Results::Items,
        };
        // Results beyond the limit of the whole are not needed of any queryset. Those that an earlier one returned leave as many
        // as are still missing.
        let plan = |operand: ReadSpec| {
            let operand = match limit {
                Some(limit) => operand.at_most(limit),
                None => operand,
            };
            operand.plan_results(results_of_each, table)
        };
        let operands = self.operands_as_read().map(plan).collect::<Result<_, _>>()?;
        let table_key = &self.request.schema.table.key;
        if results == Results::Any {
            return Ok(PlanTree::AnyOf { operands, table_key });
        }
        let tree = PlanTree::Union { operands, table_key }.limited(limit);
        Ok(if results == Results::Count { PlanTree::Count { input: Box::new(tree) } } else { tree })
    }

    fn plan_sorted(&self, order: &InMemoryOrder, results: Results, table: &Name) -> Result<PlanTree, PlanError> {
        let limit = results.limit(self.request.limit);
        let keep = match (results, limit) {
            (_, None) => Keep::All,
            (Results::Last, Some(limit)) => Keep::Last(limit),
            (_, Some(limit)) => Keep::First(limit),
        };
        let mut input = Self { sort: None, ..self.clone() };
        // Everything is read, unless nothing is kept.
        input.request.limit = limit.filter(|limit| *limit == 0);
        let parts = match results {
            Results::Keys => Some(self.request.schema.table.key.names().map(Path::new).collect()),
            _ => self.parts_read().map(<[Path]>::to_vec),
        };
        if let Some(mut parts) = parts {
            parts.push(order.path().clone());
            input.request.parts = Some(parts);
        }
        let input = Box::new(input.plan_results(Results::Items, table)?);
        Ok(PlanTree::Sort { input, order: order.clone(), keep })
    }

    fn unlimited_in_rate(mut self) -> Self {
        self.rate_limiter = None;
        self
    }
}
