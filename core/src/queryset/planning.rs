//! From a queryset's options to its plans.

use super::Terminal;
use super::order::InMemoryOrder;
use super::plan_tree::{Keep, PlanTree, SegmentPlans};
use super::read_spec::ReadSpec;
use crate::expression::Path;
use crate::plan::Segment;
use crate::planner::{PlanError, ReadPlan, Request, ResultKind};
use crate::value::Name;

/// The results that a terminal method needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ReadGoal {
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

impl ReadGoal {
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

    fn result_kind(self) -> ResultKind {
        match self {
            Self::Items | Self::ItemsInAnyOrder | Self::First | Self::Last | Self::Two => ResultKind::Items,
            Self::Count => ResultKind::Count,
            Self::Any => ResultKind::Exists,
            Self::LastKey => ResultKind::LastKey,
            Self::Keys => ResultKind::Keys,
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
        self.plan_goal(ReadGoal::of(terminal), table)
    }

    /// Plans to read these parts of all items, in whatever order.
    pub(super) fn plan_aggregate(&self, parts: Vec<Path>, table: &Name) -> Result<PlanTree, PlanError> {
        self.clone().with_parts(parts).plan_goal(ReadGoal::ItemsInAnyOrder, table)
    }

    /// Plans to read the keys of all items for a method that writes them.
    pub(super) fn plan_keys(&self, method: &'static str, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_writes(method)?;
        self.plan_goal(ReadGoal::Keys, table)
    }

    /// Plans to read all items, in whatever order, for a method that writes them.
    pub(super) fn plan_items(&self, method: &'static str, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_writes(method)?;
        self.plan_goal(ReadGoal::ItemsInAnyOrder, table)
    }

    /// Plans a read that is neither a union, nor sorted, nor in segments.
    pub(super) fn plan_single(&self, terminal: Terminal, table: &Name) -> Result<ReadPlan, PlanError> {
        read_plan(self.request_for_plan(), ReadGoal::of(terminal), table)
    }

    fn plan_goal(&self, goal: ReadGoal, table: &Name) -> Result<PlanTree, PlanError> {
        self.check_options()?;
        let tree = match &self.sort {
            Some(order) if goal.depend_on_order(self.request.limit) => {
                self.clone().without_rate_limit().plan_sorted(order, goal, table)?
            }
            _ if self.is_union() => self.plan_union(goal, table)?,
            _ => match self.total_segments {
                Some(total_segments) => self.plan_segments(total_segments, goal, table)?,
                None => PlanTree::single(read_plan(self.request_for_plan(), goal, table)?),
            },
        };
        Ok(tree.rate_limited(self.rate_limit.as_ref()))
    }

    /// Returns the planner's request, which states the rate of the queryset.
    pub(super) fn request_for_plan(&self) -> Request {
        let units_per_second = self.rate_limit.as_ref().map(|rate| rate.units_per_second);
        Request { units_per_second, ..self.request.clone() }
    }

    fn plan_segments(&self, total_segments: u32, goal: ReadGoal, table: &Name) -> Result<PlanTree, PlanError> {
        let segment = Some(Segment { segment: 0, total_segments });
        let first = read_plan(Request { segment, ..self.request.clone() }, goal, table)?;
        let segments = SegmentPlans::new(first, total_segments);
        // One segment keeps the limit itself; a read for one result ends with the first.
        let limit = goal.limit(self.request.limit).filter(|_| segments.count > 1 && goal != ReadGoal::Any);
        Ok(PlanTree::Segments(segments).limited(limit))
    }

    fn plan_union(&self, goal: ReadGoal, table: &Name) -> Result<PlanTree, PlanError> {
        let limit = goal.limit(self.request.limit);
        let goal_of_each = match goal {
            // What is counted has to be distinguished by its key.
            ReadGoal::Count | ReadGoal::Keys => ReadGoal::Keys,
            ReadGoal::First | ReadGoal::Any => goal,
            _ => ReadGoal::Items,
        };
        // Results beyond the limit of the whole are not needed of any queryset: items that an earlier one returned leave as many
        // new items as are still missing.
        let plan = |operand: ReadSpec| {
            let operand = match limit {
                Some(limit) => operand.at_most(limit),
                None => operand,
            };
            operand.plan_goal(goal_of_each, table)
        };
        let operands = self.operands_as_read().map(plan).collect::<Result<_, _>>()?;
        let table_key = &self.request.schema.table.key;
        if goal == ReadGoal::Any {
            return Ok(PlanTree::AnyOf { operands, table_key });
        }
        let tree = PlanTree::Union { operands, table_key }.limited(limit);
        Ok(if goal == ReadGoal::Count { PlanTree::Count { input: Box::new(tree) } } else { tree })
    }

    fn plan_sorted(&self, order: &InMemoryOrder, goal: ReadGoal, table: &Name) -> Result<PlanTree, PlanError> {
        let limit = goal.limit(self.request.limit);
        let keep = match (goal, limit) {
            (_, None) => Keep::All,
            (ReadGoal::Last, Some(limit)) => Keep::Last(limit),
            (_, Some(limit)) => Keep::First(limit),
        };
        let mut input = Self { sort: None, ..self.clone() };
        // Everything is read, unless nothing is kept.
        input.request.limit = limit.filter(|limit| *limit == 0);
        let parts = match goal {
            ReadGoal::Keys => Some(self.request.schema.table.key.names().map(Path::new).collect()),
            _ => self.parts_read().map(<[Path]>::to_vec),
        };
        if let Some(mut parts) = parts {
            parts.push(order.path().clone());
            input.request.parts = Some(parts);
        }
        let input = Box::new(input.plan_goal(ReadGoal::Items, table)?);
        Ok(PlanTree::Sort { input, order: order.clone(), keep })
    }

    fn without_rate_limit(mut self) -> Self {
        self.rate_limit = None;
        self
    }
}

fn read_plan(request: Request, goal: ReadGoal, table: &Name) -> Result<ReadPlan, PlanError> {
    let limit = goal.limit(request.limit);
    let forward = request.forward != (goal == ReadGoal::Last);
    ReadPlan::new(&Request { limit, forward, ..request }, table, goal.result_kind())
}
