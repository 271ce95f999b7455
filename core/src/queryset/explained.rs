//! What tells its plan.

use super::{Cursor, Manager, ParallelScan, QuerySet, Rows, Sorted, Terminal, Union};
use crate::model::{Index, Model};
use crate::planner::{Explain, PlanError};

/// What tells what it would do: querysets and what is made of them, and what their `explain…` methods give.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// use djamodb::queryset::Explained;
///
/// fn print_plan(subject: &impl Explained) {
///     match subject.explained() {
///         Ok(explain) => println!("{explain}"),
///         Err(error) => println!("error: {error}"),
///     }
/// }
///
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// print_plan(&seattle);
/// print_plan(&seattle.explain_for(Terminal::Count));
/// print_plan(&Weather::objects());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no plan",
    label = "neither a queryset, nor what an `explain…` method gives",
    note = "give it the queryset, before a terminal method asks the database; for another method than `all`, what \
            `explain_for(Terminal::…)` gives, or another method whose name begins with `explain_`"
)]
pub trait Explained {
    /// What it would do, and what it would cost; or why it cannot be planned.
    fn explained(&self) -> Result<Explain, PlanError>;
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.explain_for(Terminal::All)
    }

    /// What another terminal method would do. Those that are given something have an `explain_…` of their own.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     kind: Option<String>,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// assert_eq!(
    ///     rain.explain_for(Terminal::DeleteChecked)?.plan.to_string(),
    ///     "\
    /// DeleteItem weather; key: of each item; condition: attribute_exists(location) AND kind = \"rain\"
    ///   Keys
    ///     Query weather; key condition: location = \"Seattle\"; filter: kind = \"rain\"; projection: location, day; ascending
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        let explain = Explain::new(&self.plan(terminal, &self.request().schema.table.name)?);
        Ok(match terminal {
            Terminal::Delete => Self::explain_delete(explain),
            Terminal::DeleteChecked => self.explain_delete_checked(explain),
            _ => explain,
        })
    }
}

impl<M: Model, I: Index<Model = M>> Explained for QuerySet<M, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, I: Index<Model = M>> Explained for Manager<M, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, R: 'static, I: Index<Model = M>> Explained for Rows<M, R, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, I: Index<Model = M>> Explained for Sorted<M, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, I: Index<Model = M>> Explained for ParallelScan<M, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, I: Index<Model = M>> Explained for Cursor<M, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<M: Model, R: 'static> Explained for Union<M, R> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl Explained for Explain {
    fn explained(&self) -> Result<Explain, PlanError> {
        Ok(self.clone())
    }
}

impl Explained for Result<Explain, PlanError> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.clone()
    }
}

impl<E: Explained + ?Sized> Explained for &E {
    fn explained(&self) -> Result<Explain, PlanError> {
        (**self).explained()
    }
}
