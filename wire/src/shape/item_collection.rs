//! Size estimates of item collections.

use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::value::{Item, Name};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::json::Text;
use crate::violations::Violations;

/// The `ItemCollectionMetrics` of an item collection.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Metrics {
    item_collection_key: Item,
    #[serde(rename = "SizeEstimateRangeGB")]
    size_estimate_range_gb: (f64, f64),
}

impl From<&ItemCollectionMetrics> for Metrics {
    fn from(metrics: &ItemCollectionMetrics) -> Self {
        Self { item_collection_key: metrics.key.clone(), size_estimate_range_gb: metrics.size_estimate_range_gb }
    }
}

impl From<Metrics> for ItemCollectionMetrics {
    fn from(metrics: Metrics) -> Self {
        Self { key: metrics.item_collection_key, size_estimate_range_gb: metrics.size_estimate_range_gb }
    }
}

/// The metrics of several tables.
pub(crate) type MetricsByTable = BTreeMap<String, Vec<Metrics>>;

/// Returns `None` for an empty list.
pub(crate) fn by_table(metrics: &[(Name, Vec<ItemCollectionMetrics>)]) -> Option<MetricsByTable> {
    let metrics: MetricsByTable = metrics
        .iter()
        .map(|(table, metrics)| (table.as_str().to_owned(), metrics.iter().map(Metrics::from).collect()))
        .collect();
    Some(metrics).filter(|metrics| !metrics.is_empty())
}

/// Returns the metrics of several tables, sorted by the names of the tables.
pub(crate) fn from_tables(metrics: Option<MetricsByTable>) -> Vec<(Name, Vec<ItemCollectionMetrics>)> {
    let tables = metrics.into_iter().flatten();
    tables.map(|(table, metrics)| (table.into(), metrics.into_iter().map(Into::into).collect())).collect()
}

/// Returns the value of `ReturnItemCollectionMetrics`.
pub(crate) fn read_return(text: Option<Text>, violations: &mut Violations) -> bool {
    violations.one_of("returnItemCollectionMetrics", text, &[("SIZE", true), ("NONE", false)]).unwrap_or_default()
}

/// Returns `None` for `NONE`, the service's default.
pub(crate) fn write_return(returned: bool) -> Option<Text> {
    returned.then(|| Text("SIZE".to_owned()))
}
