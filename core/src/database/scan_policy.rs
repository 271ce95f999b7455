//! What a database does with querysets that scan.

use std::sync::Arc;

use super::{Database, Inner};
use crate::layer::ReadBudgeted;
use crate::planner::PlanError;
use crate::value::Name;

/// What becomes of a queryset that says `scan()` or `parallel_scan(…)`, and of which nothing says which partition to read. One
/// that does not say so is [`WouldScan`](PlanError::WouldScan) whatever the policy.
///
/// Operations that are run past querysets, by [`Database::run`], are not looked at.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (location, temp_max) in [("Seattle", 7.2), ("Boston", 10.6)] {
/// #     Weather { location: location.to_owned(), temp_max }.save(&db).await?;
/// # }
/// use djamodb::database::ScanPolicy;
///
/// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(9)).scan();
/// assert_eq!(warm.count(&db).await?, 1);
/// assert!(warm.count(&db.with_scan_policy(ScanPolicy::Deny)).await.is_err());
/// assert_eq!(warm.count(&db.with_scan_policy(ScanPolicy::Budget(100.0))).await?, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub enum ScanPolicy {
    /// It scans.
    #[default]
    Allow,
    /// It scans, and a warning is traced that names the model and what is read.
    Warn,
    /// It scans until the call has used so many read units, those of all its pages and segments together. If more remains to be
    /// read then, it ends with [`BudgetExceeded`](crate::driver::DriverErrorKind::BudgetExceeded). What a request costs is
    /// known when it is answered, so that the last one may go beyond: by a page of each segment.
    Budget(f64),
    /// It is refused: [`ScanDenied`](PlanError::ScanDenied). Nothing is sent.
    Deny,
}

impl Database {
    /// The same database with another policy for querysets that scan.
    #[must_use]
    pub fn with_scan_policy(&self, scan_policy: ScanPolicy) -> Self {
        Self { inner: Arc::new(Inner { scan_policy, ..(*self.inner).clone() }) }
    }

    /// What becomes of querysets that scan.
    pub fn scan_policy(&self) -> ScanPolicy {
        self.inner.scan_policy
    }

    /// The database for one call that scans, if it may: with the budget of the call, and asking no further questions.
    pub(crate) fn admit_scan(&self, model: &'static str, index: Option<&Name>) -> Result<Self, PlanError> {
        match self.inner.scan_policy {
            ScanPolicy::Allow => Ok(self.clone()),
            ScanPolicy::Warn => {
                let index = index.map(Name::as_str);
                tracing::warn!(
                    model,
                    index,
                    "a queryset scans; name a hash key, or read an index whose hash key is known"
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;

    use super::*;
    use crate::driver::recorded_events::RecordedEvents;
    use crate::driver::{Capability, Clock, Driver, DriverError};
    use crate::plan::{Outcome, QueryPlan};

    #[derive(Debug)]
    struct Nothing;

    #[async_trait]
    impl Driver for Nothing {
        fn name(&self) -> &'static str {
            "nothing"
        }

        fn capability(&self) -> Capability {
            Capability::default()
        }

        fn clock(&self) -> Arc<dyn Clock> {
            unreachable!("nothing waits here")
        }

        async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
            Err(DriverError::unsupported("nothing", plan.operation()))
        }
    }

    #[test]
    fn a_scan_is_warned_of_once_and_only_where_that_is_the_policy() {
        let events = RecordedEvents::default();
        tracing::subscriber::with_default(events.clone(), || {
            let db = Database::new(Nothing);
            db.admit_scan("Weather", None).unwrap();
            let warning = db.with_scan_policy(ScanPolicy::Warn);
            let by_kind = Name::from_static("by_kind");
            let admitted = warning.admit_scan("Weather", Some(&by_kind)).unwrap();
            admitted.admit_scan("Weather", Some(&by_kind)).unwrap();
        });
        assert_eq!(
            events.lines(),
            [
                "message=a queryset scans; name a hash key, or read an index whose hash key is known model=\"Weather\" index=\"by_kind\" "
            ]
        );
    }
}
