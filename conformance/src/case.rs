//! Cases and their registration.

use std::fmt;

use djamodb_core::driver::BoxFuture;

use crate::{Context, Failure, Requirement, Theme};

/// Result of a case: `Ok`, or the reason why it failed.
pub type CaseResult = Result<(), Failure>;

/// A conformance case: one property that every driver must have. Register it with [`case!`](crate::case).
pub struct Case {
    /// Unique name of the form `operation/property_that_holds`. Filters on the command line match any part of it.
    pub name: &'static str,
    /// Theme of the property.
    pub theme: Theme,
    /// Optional capabilities that the case depends on.
    pub requires: &'static [Requirement],
    /// Runs the case.
    pub run: fn(Context) -> BoxFuture<'static, CaseResult>,
}

inventory::collect!(Case);

/// Returns all registered cases, sorted by name.
pub fn cases() -> Vec<&'static Case> {
    let mut cases: Vec<_> = inventory::iter::<Case>.into_iter().collect();
    cases.sort_by_key(|case| case.name);
    cases
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("name", &self.name)
            .field("theme", &self.theme)
            .field("requires", &self.requires)
            .finish_non_exhaustive()
    }
}

/// Registers an async function as a [`Case`]. The arguments are the name, the theme, optional requirements, and the function.
///
/// ```
/// use djamodb_conformance::{CaseResult, Context, Requirement, Theme, case};
///
/// case!("scan/segments_do_not_overlap", Theme::ParallelScan, requires: [Requirement::Segment], segments_do_not_overlap);
///
/// async fn segments_do_not_overlap(cx: Context) -> CaseResult {
///     // …
///     # let _ = cx;
///     Ok(())
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! case {
    ($name:literal, $theme:expr, $run:path) => {
        $crate::case!($name, $theme, requires: [], $run);
    };
    ($name:literal, $theme:expr, requires: [$($requirement:expr),* $(,)?], $run:path) => {
        $crate::inventory::submit! {
            $crate::Case {
                name: $name,
                theme: $theme,
                requires: &[$($requirement),*],
                run: |context| ::std::boxed::Box::pin($run(context)),
            }
        }
    };
}
