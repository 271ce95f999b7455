//! Leaving out expired items, at the time of each read.

use std::borrow::Cow;

use super::read_spec::ReadSpec;
use super::{CustomQuerySet, ManagerOf, QuerySet};
use crate::database::Database;
use crate::model::{Expiring, Index, Model, expiry_seconds, unexpired};
use crate::value::Number;

/// The time at which items must not have expired.
#[derive(Clone, Copy, Debug)]
pub(super) enum ReadTime {
    /// The time of the database's clock.
    Seconds(Number),
    /// A time that is not known, in a plan that is explained and in the fingerprint of a page token. Shown as `:now`.
    Unknown,
}

impl ReadTime {
    pub(super) fn now(db: &Database) -> Self {
        // Nanoseconds of every time that `chrono` holds have fewer than 38 digits.
        expiry_seconds(db.now()).map_or(Self::Unknown, Self::Seconds)
    }

    const fn seconds(self) -> Number {
        match self {
            Self::Seconds(seconds) => seconds,
            Self::Unknown => Number::UNKNOWN_TIME,
        }
    }
}

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Leaves out items that have expired, which DynamoDB returns until it deletes them, up to some days later.
    ///
    /// Each terminal method adds the lookup `attribute_not_exists(expires) OR expires > :now`, of the attribute that
    /// `#[model(time_to_live = …)]` names. `:now` is the time of the driver's clock when the method is called: each page has a time of its
    /// own, and a stream that of its beginning. `update` and `delete_checked` repeat the lookup in the condition of each write. Like
    /// every lookup, it reads the items that it drops, unless the attribute is the range key of what is read.
    ///
    /// ```
    /// use djamodb::chrono::TimeDelta;
    /// use djamodb::prelude::*;
    ///
    /// #[derive(Model, Clone, Debug, PartialEq)]
    /// #[model(table = "sessions", time_to_live = expires)]
    /// struct Session {
    ///     #[model(hash_key)]
    ///     user: String,
    ///     #[model(range_key)]
    ///     id: u32,
    ///     expires: Option<DateTime<Utc>>,
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Session>().await?;
    /// for (id, hours) in [(1, Some(-1)), (2, Some(1)), (3, None)] {
    ///     let expires = hours.map(|hours| db.now() + TimeDelta::hours(hours));
    ///     Session { user: "ada".to_owned(), id, expires }.save(&db).await?;
    /// }
    /// let sessions = Session::objects().set_hash_key("ada").unexpired();
    /// assert_eq!(sessions.values(Session::ID).all(&db).await?, [2, 3]);
    /// assert_eq!(
    ///     sessions.explain()?.plan.to_string(),
    ///     "Query sessions; key condition: user = \"ada\"; \
    ///      filter: attribute_not_exists(expires) OR expires > :now; ascending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn unexpired(&self) -> Self
    where
        M: Expiring,
    {
        self.with(|spec| spec.unexpired = true)
    }
}

impl<Q: CustomQuerySet> ManagerOf<Q> {
    /// Returns a manager whose querysets leave out items that have expired, see [`QuerySet::unexpired`].
    pub fn unexpired(&self) -> Self
    where
        Q::Model: Expiring,
    {
        self.with_inner(self.inner().unexpired())
    }
}

impl ReadSpec {
    /// Returns the spec with the lookups on the time of the read. The plans of a call are made of one such spec.
    pub(super) fn at(&self, time: ReadTime) -> Cow<'_, Self> {
        if !self.depends_on_time() {
            return Cow::Borrowed(self);
        }
        let mut spec = self.clone();
        if std::mem::take(&mut spec.unexpired)
            && let Some(attribute) = &spec.request.schema.table.time_to_live
        {
            spec.request.filter.push(unexpired(attribute, time.seconds()));
        }
        spec.operands = spec.operands.iter().map(|operand| operand.at(time).into_owned()).collect();
        Cow::Owned(spec)
    }

    fn depends_on_time(&self) -> bool {
        self.unexpired || self.operands.iter().any(Self::depends_on_time)
    }
}
