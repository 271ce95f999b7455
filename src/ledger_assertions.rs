//! Assertions about the requests and units recorded by a ledger.

use std::fmt::Display;

use djamodb_core::layer::Ledger;

/// Asserts that the read units recorded by a [`Ledger`] are `<=`, `<`, `==`, `>=` or `>` a number.
///
/// A ledger expression other than a name needs parentheses. The message of a failed assertion contains the table of the ledger.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// let (db, ledger) = db.with_ledger();
/// Weather::objects().set_hash_key("Seattle").all(&db).await?;
/// djamodb::assert_read_units!(ledger <= 1.0);
/// djamodb::assert_read_units!((ledger.clone()) == 0.5);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! assert_read_units {
    ($ledger:tt $comparison:tt $units:expr) => {
        $crate::ledger_assertions::read_units(&$ledger, $crate::__comparison!($comparison), $units)
    };
}

/// Asserts that the write units recorded by a [`Ledger`] are `<=`, `<`, `==`, `>=` or `>` a number.
///
/// A ledger expression other than a name needs parentheses. The message of a failed assertion contains the table of the ledger.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// let (db, ledger) = db.with_ledger();
/// Weather { location: "Seattle".into() }.save(&db).await?;
/// djamodb::assert_write_units!(ledger == 1.0);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! assert_write_units {
    ($ledger:tt $comparison:tt $units:expr) => {
        $crate::ledger_assertions::write_units(&$ledger, $crate::__comparison!($comparison), $units)
    };
}

/// Asserts that the number of requests recorded by a [`Ledger`] is `<=`, `<`, `==`, `>=` or `>` a number.
///
/// A ledger expression other than a name needs parentheses. The message of a failed assertion contains the table of the ledger.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (db, ledger) = djamodb::connect("memory://").await?.with_ledger();
/// db.run(djamodb::plan::ListTables::default()).await?;
/// djamodb::assert_requests!(ledger == 1);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! assert_requests {
    ($ledger:tt $comparison:tt $requests:expr) => {
        $crate::ledger_assertions::requests(&$ledger, $crate::__comparison!($comparison), $requests)
    };
}

/// Converts an operator to a [`Comparison`](ledger_assertions::Comparison).
#[doc(hidden)]
#[macro_export]
macro_rules! __comparison {
    (<) => {
        $crate::ledger_assertions::Comparison::Less
    };
    (<=) => {
        $crate::ledger_assertions::Comparison::AtMost
    };
    (==) => {
        $crate::ledger_assertions::Comparison::Equal
    };
    (>=) => {
        $crate::ledger_assertions::Comparison::AtLeast
    };
    (>) => {
        $crate::ledger_assertions::Comparison::More
    };
}

/// A comparison of a recorded number with a limit.
#[derive(Clone, Copy, Debug)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `==`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    fn holds<T: PartialOrd>(self, recorded: &T, limit: &T) -> bool {
        match self {
            Self::Less => recorded < limit,
            Self::AtMost => recorded <= limit,
            Self::Equal => recorded == limit,
            Self::AtLeast => recorded >= limit,
            Self::More => recorded > limit,
        }
    }

    const fn operator(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "==",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}

/// Panics if the comparison of the recorded read units with `units` is false.
#[track_caller]
pub fn read_units(ledger: &Ledger, comparison: Comparison, units: f64) {
    assert_comparison("read units", ledger, &ledger.read_units(), comparison, &units);
}

/// Panics if the comparison of the recorded write units with `units` is false.
#[track_caller]
pub fn write_units(ledger: &Ledger, comparison: Comparison, units: f64) {
    assert_comparison("write units", ledger, &ledger.write_units(), comparison, &units);
}

/// Panics if the comparison of the number of recorded requests with `requests` is false.
#[track_caller]
pub fn requests(ledger: &Ledger, comparison: Comparison, requests: u64) {
    assert_comparison("requests", ledger, &ledger.requests(), comparison, &requests);
}

#[track_caller]
fn assert_comparison<T: PartialOrd + Display>(
    quantity: &str,
    ledger: &Ledger,
    recorded: &T,
    comparison: Comparison,
    limit: &T,
) {
    let operator = comparison.operator();
    assert!(comparison.holds(recorded, limit), "{recorded} {quantity}, expected {operator} {limit}:\n{ledger}");
}
