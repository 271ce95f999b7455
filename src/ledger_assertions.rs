//! What the assertions on a ledger call.

use std::fmt::Display;

use djamodb_core::layer::Ledger;

/// Asserts how many read units a [`Ledger`] has been told: `<=`, `<`, `==`, `>=` or `>` a number.
///
/// Where the ledger is more than a name, it stands in parentheses. The message of a failed assertion shows the ledger's table.
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

/// Asserts how many write units a [`Ledger`] has been told: `<=`, `<`, `==`, `>=` or `>` a number.
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

/// Asserts how many requests a [`Ledger`] has counted: `<=`, `<`, `==`, `>=` or `>` a number.
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

/// A comparison by its operator.
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

/// How what was counted is compared.
#[derive(Clone, Copy, Debug)]
pub enum Comparison {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `==`.
    Equal,
    /// `>=`.
    AtLeast,
    /// `>`.
    More,
}

impl Comparison {
    fn holds<T: PartialOrd>(self, counted: &T, limit: &T) -> bool {
        match self {
            Self::Less => counted < limit,
            Self::AtMost => counted <= limit,
            Self::Equal => counted == limit,
            Self::AtLeast => counted >= limit,
            Self::More => counted > limit,
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

/// Panics unless the read units that were told compare so.
#[track_caller]
pub fn read_units(ledger: &Ledger, comparison: Comparison, units: f64) {
    compare("read units", ledger, &ledger.read_units(), comparison, &units);
}

/// Panics unless the write units that were told compare so.
#[track_caller]
pub fn write_units(ledger: &Ledger, comparison: Comparison, units: f64) {
    compare("write units", ledger, &ledger.write_units(), comparison, &units);
}

/// Panics unless the requests that were counted compare so.
#[track_caller]
pub fn requests(ledger: &Ledger, comparison: Comparison, requests: u64) {
    compare("requests", ledger, &ledger.requests(), comparison, &requests);
}

#[track_caller]
fn compare<T: PartialOrd + Display>(what: &str, ledger: &Ledger, counted: &T, comparison: Comparison, limit: &T) {
    let operator = comparison.operator();
    assert!(comparison.holds(counted, limit), "{counted} {what}, expected {operator} {limit}:\n{ledger}");
}
