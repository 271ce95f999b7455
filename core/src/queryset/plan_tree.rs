//! The plans of a queryset, composed as they are executed.

use super::order::InMemoryOrder;
use super::rate_limit::RateLimit;
use crate::plan::Segment;
use crate::planner::{Access, Explain, NamedKeys, Node, ReadPlan, Request, RequestClass};
use crate::schema::KeySchema;
use crate::value::Name;

/// Number of segments that are explained one by one. There can be a million, and all are alike.
const SEGMENTS_EXPLAINED_MAX: u32 = 16;

/// The plans of a queryset.
#[derive(Clone, Debug)]
pub(super) enum PlanTree {
    /// One read plan.
    Single(Box<ReadPlan>),
    /// The segments of a parallel scan, read concurrently.
    Segments(SegmentPlans),
    /// Reads one after the other, whose items are returned once.
    Union { operands: Vec<PlanTree>, table_key: &'static KeySchema },
    /// Reads one after the other until one has a result.
    AnyOf { operands: Vec<PlanTree>, table_key: &'static KeySchema },
    /// The first results.
    Limit { input: Box<PlanTree>, limit: usize },
    /// Items sorted on the client.
    Sort { input: Box<PlanTree>, order: InMemoryOrder, keep: Keep },
    /// Keys that are counted.
    Count { input: Box<PlanTree> },
    /// Requests that share a rate limiter.
    RateLimited { input: Box<PlanTree>, rate_limit: RateLimit },
}

/// The segments of a parallel scan: the plan of the first, which differs from the others by its segment number only.
#[derive(Clone, Debug)]
pub(super) struct SegmentPlans {
    pub(super) first: Box<ReadPlan>,
    /// Number of segments that are read: 1 where the lookups name a hash key, so that nothing is scanned.
    pub(super) count: u32,
}

/// The items of a sorted read that are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keep {
    All,
    First(usize),
    Last(usize),
}

impl PlanTree {
    pub(super) fn single(plan: ReadPlan) -> Self {
        Self::Single(Box::new(plan))
    }

    pub(super) fn rate_limited(self, rate_limit: Option<&RateLimit>) -> Self {
        match rate_limit {
            None => self,
            Some(rate_limit) => Self::RateLimited { input: Box::new(self), rate_limit: rate_limit.clone() },
        }
    }

    pub(super) fn limited(self, limit: Option<usize>) -> Self {
        match limit {
            None => self,
            Some(limit) => Self::Limit { input: Box::new(self), limit },
        }
    }

    /// Returns `true` if an item can be read twice, since a write can move it within the index that is read.
    pub(super) fn can_repeat_items(&self) -> bool {
        match self {
            Self::Single(plan) => plan.token_key.len() > plan.table_key.len(),
            Self::Segments(segments) => segments.first.token_key.len() > segments.first.table_key.len(),
            Self::Union { .. } => false,
            Self::AnyOf { operands, .. } => operands.iter().any(Self::can_repeat_items),
            Self::Limit { input, .. }
            | Self::Sort { input, .. }
            | Self::Count { input }
            | Self::RateLimited { input, .. } => input.can_repeat_items(),
        }
    }

    /// Returns the keys of the table that the lookups name, if they can be written without a read.
    pub(super) fn named_keys(&self, request: &Request) -> Option<NamedKeys> {
        match self {
            Self::Single(plan) => plan.named_keys(request),
            Self::RateLimited { input, .. } => input.named_keys(request),
            _ => None,
        }
    }

    pub(super) fn explain(&self) -> Explain {
        match self {
            Self::Single(plan) => Explain::new(plan),
            Self::Segments(segments) => segments.explain(),
            Self::Union { operands, table_key } | Self::AnyOf { operands, table_key } => {
                let key: Vec<&str> = table_key.names().map(Name::as_str).collect();
                let node = Node::new("Union", [("distinct by", key.join(", "))]);
                Explain::combined(node, operands.iter().map(Self::explain).collect())
            }
            Self::Limit { input, limit } => {
                let mut explain = input.explain();
                explain.plan = explain.plan.inside("Limit", [("results", limit.to_string())]);
                explain
            }
            Self::Sort { input, order, keep } => explain_sort(input.explain(), order, *keep),
            Self::Count { input } => {
                let mut explain = input.explain();
                explain.plan = explain.plan.inside("Count", []);
                explain
            }
            Self::RateLimited { input, rate_limit } => {
                let mut explain = input.explain();
                // A single plan names its rate itself.
                if !matches!(**input, Self::Single(_)) && explain.cost.requests != RequestClass::None {
                    explain.plan = explain.plan.rate_limited(rate_limit.units_per_second);
                }
                explain
            }
        }
    }
}

impl SegmentPlans {
    pub(super) fn new(first: ReadPlan, total_segments: u32) -> Self {
        let count = if matches!(first.access, Access::Scan(_)) { total_segments } else { 1 };
        Self { first: Box::new(first), count }
    }

    /// Returns the plan of one segment.
    pub(super) fn plan(&self, segment: u32) -> ReadPlan {
        let mut plan = ReadPlan::clone(&self.first);
        if let Access::Scan(scan) = &mut plan.access {
            scan.scan.segment = scan.scan.segment.map(|first| Segment { segment, ..first });
        }
        plan
    }

    fn explain(&self) -> Explain {
        let shown = self.count.min(SEGMENTS_EXPLAINED_MAX);
        let each = (0..shown).map(|segment| Explain::new(&self.plan(segment))).collect();
        let more = usize::try_from(self.count - shown).unwrap_or(usize::MAX);
        Explain::combined_alike(Node::new("Concurrently", []), each, more)
    }
}

fn explain_sort(input: Explain, order: &InMemoryOrder, keep: Keep) -> Explain {
    let keeps = match keep {
        Keep::All => None,
        Keep::First(count) => Some(("keeps", format!("the first {count}"))),
        Keep::Last(count) => Some(("keeps", format!("the last {count}"))),
    };
    let by = ("by", order.to_string());
    let mut explain = input;
    explain.plan = explain.plan.inside("Sort in memory", std::iter::once(by).chain(keeps));
    explain.warnings.push("everything that matches is read before the first result is known".to_owned());
    explain
}
