//! The policy for querysets that scan.

use std::sync::Arc;

use super::{Database, Inner};
use crate::layer::ReadBudgeted;
use crate::planner::PlanError;
use crate::value::Name;

/// The policy of a database for querysets that scan: those that call `scan()` or `parallel_scan(…)` and whose filter names no
/// hash key.
///
/// A queryset that needs a scan and does not call one of those is refused with [`WouldScan`](PlanError::WouldScan) under every
/// policy. Operations executed by [`Database::run`] are not subject to the policy.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// use djamodb::database::ScanPolicy;
///
/// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(10)).scan();
/// assert_eq!(warm.count(&db).await?, 1);
/// assert!(warm.count(&db.with_scan_policy(ScanPolicy::Deny)).await.is_err());
/// assert_eq!(warm.count(&db.with_scan_policy(ScanPolicy::Budget(100.0))).await?, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub enum ScanPolicy {
    /// Scans are allowed.
    #[default]
    Allow,
    /// Scans are allowed and traced as a warning with the model and the table or index.
    Warn,
    /// Each call may use this number of read units, summed over its pages and segments. A call that needs more ends with
    /// [`BudgetExceeded`](crate::driver::DriverErrorKind::BudgetExceeded). The units of a request are known only from its
    /// response, so the last request of each segment may exceed the budget by one page.
    Budget(f64),
    /// Scans are refused with [`ScanDenied`](PlanError::ScanDenied). Nothing is sent.
    Deny,
}

impl Database {
    /// Returns this database with another policy for querysets that scan. This handle keeps its own.
    #[must_use]
    pub fn with_scan_policy(&self, scan_policy: ScanPolicy) -> Self {
        Self { inner: Arc::new(Inner { scan_policy, ..(*self.inner).clone() }) }
    }

    /// Returns the policy for querysets that scan.
    pub fn scan_policy(&self) -> ScanPolicy {
        self.inner.scan_policy
    }

    /// Applies the policy to a call that scans the table of `model`, or an index of it, and returns the database for its requests:
    /// with the budget of the call, and without a policy, since the call is checked once.
    pub(crate) fn admit_scan(&self, model: &'static str, index: Option<&Name>) -> Result<Self, PlanError> {
        match self.inner.scan_policy {
            ScanPolicy::Allow => Ok(self.clone()),
            ScanPolicy::Warn => {
                tracing::warn!(
                    target: "djamodb::scan",
                    model,
                    index = index.map(Name::as_str),
                    "queryset scans; set a hash key, or read an index whose hash key is known"
                );
                Ok(self.with_scan_policy(ScanPolicy::Allow))
            }
            ScanPolicy::Budget(units) => {
                let driver = Arc::new(ReadBudgeted::new(self.inner.driver.clone(), units));
                let scan_policy = ScanPolicy::Allow;
                Ok(Self { inner: Arc::new(Inner { driver, scan_policy, ..(*self.inner).clone() }) })
            }
            ScanPolicy::Deny => Err(PlanError::ScanDenied { model, index: index.cloned() }),
        }
    }
}
