//! Cases, and the list of them.

use std::fmt;

use djamodb_core::driver::BoxFuture;

use crate::{Context, Failure, Requirement, Theme};

/// What a case gives: nothing, or why it failed.
pub type CaseResult = Result<(), Failure>;

/// One question to a driver. Register it with [`case!`](crate::case).
pub struct Case {
    /// `operation/what_must_hold`: unique, and what a filter on the command line looks at.
    pub name: &'static str,
    /// What it is about.
    pub theme: Theme,
    /// What it asks of a driver beyond what every driver has.
    pub requires: &'static [Requirement],
    /// Asks it.
    pub run: fn(Context) -> BoxFuture<'static, CaseResult>,
}

inventory::collect!(Case);

/// Every case that is registered, in the order of the names.
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

/// Registers an async function as a [`Case`]: its name, its theme, what it requires if anything, and the function.
///
/// ```
/// use djamodb_conformance::{CaseResult, Context, Requirement, Theme, case};
///
/// case!("scan/segments_are_known", Theme::Segment, requires: [Requirement::Segment], segments_are_known);
///
/// async fn segments_are_known(cx: Context) -> CaseResult {
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
