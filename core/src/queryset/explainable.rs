//! Explaining terminal methods without a database.

use super::unexpired::ReadTime;
use super::{Cursor, CustomQuerySet, ManagerOf, QuerySet, Terminal};
use crate::model::{Index, Model};
use crate::planner::{Explain, PlanError};

/// A queryset, a manager, a cursor, or the result of an `explain…` method.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::Weather;
/// use djamodb::queryset::Explainable;
///
/// fn print_plan(subject: &impl Explainable) {
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
    label = "neither a queryset nor the result of an `explain…` method",
    note = "pass the queryset, before a terminal method is called; for a method other than `all`, pass the result of \
            `explain_for(Terminal::…)` or of another method whose name begins with `explain_`"
)]
pub trait Explainable {
    /// Returns the plan and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which the terminal method would be refused.
    fn explained(&self) -> Result<Explain, PlanError>;
}

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns the plan of [`all`](Self::all) and its cost. The table's name is without a prefix.
    ///
    /// # Errors
    ///
    /// Returns the error with which `all` would be refused.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.explain_for(Terminal::All)
    }

    /// Returns the plan of a terminal method and its cost. Methods that take more than the database have an `explain_…` method of their
    /// own.
    ///
    /// # Errors
    ///
    /// Returns the error with which the terminal method would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
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
        let write = match terminal {
            Terminal::Delete => Some("delete"),
            Terminal::DeleteChecked => Some("delete_checked"),
            _ => None,
        };
        if let (Some(method), true) = (write, self.row.is_of_parts()) {
            return Err(self.spec.refuse(
                "values",
                method,
                "items are deleted whole",
                "call it on the queryset before values() or only()",
            ));
        }
        let spec = self.spec.at(ReadTime::Unknown);
        let tree = spec.plan(terminal, &M::schema().table.name)?;
        Ok(match terminal {
            Terminal::Delete => spec.explain_delete(&tree),
            Terminal::DeleteChecked => spec.explain_delete_checked(&tree),
            _ => tree.explain(),
        })
    }
}

impl<M: Model, R, I: Index<Model = M>> Explainable for QuerySet<M, R, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl<Q: CustomQuerySet> Explainable for ManagerOf<Q> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.inner().explain()
    }
}

impl<M: Model, R: 'static, I: Index<Model = M>> Explainable for Cursor<M, R, I> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.explain()
    }
}

impl Explainable for Explain {
    fn explained(&self) -> Result<Explain, PlanError> {
        Ok(self.clone())
    }
}

impl Explainable for Result<Explain, PlanError> {
    fn explained(&self) -> Result<Explain, PlanError> {
        self.clone()
    }
}

impl<E: Explainable + ?Sized> Explainable for &E {
    fn explained(&self) -> Result<Explain, PlanError> {
        (**self).explained()
    }
}
