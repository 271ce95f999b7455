//! A read under way: the plan, and the database as this queryset may use it.

use super::QuerySet;
use super::stream::Pages;
use crate::database::Database;
use crate::driver::DriverError;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::planner::{Access, ReadPlan};
use crate::run::{ItemPage, Read, advance};
use crate::value::Name;

/// What a queryset reads, page by page, at its pace and within the database's policy for scans.
#[derive(Debug)]
pub(super) struct Reading {
    db: Database,
    read: Read,
}

impl Reading {
    /// The next page that holds results; nothing at the end.
    pub(super) async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        advance(self.db.driver(), &mut self.read).await
    }

    /// Pages put together until there are as many items as are wanted.
    pub(super) async fn rest(&mut self) -> Result<ItemPage, DriverError> {
        let mut whole = ItemPage::default();
        while let Some(page) = self.next().await? {
            whole.append(page);
        }
        Ok(whole)
    }

    /// The key attributes that a page token holds.
    pub(super) fn token_key(&self) -> &[Name] {
        self.read.token_key()
    }

    /// The database as the queryset uses it.
    pub(super) fn db(&self) -> &Database {
        &self.db
    }
}

impl Pages for Reading {
    async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        Self::next(self).await
    }
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Begins to carry a plan of this queryset out.
    pub(super) fn begin(&self, plan: ReadPlan, db: &Database) -> Result<Reading, Error> {
        let db = admitted::<M>(&plan, db)?;
        let db = self.rate_limiter().map_or_else(|| db.clone(), |limiter| db.rate_limited(limiter));
        let read = Read::new(plan, db.retry_policy(), db.driver().clock().seed());
        Ok(Reading { db, read })
    }
}

/// The database for a call with this plan, if it may be made.
pub(super) fn admitted<M: Model>(plan: &ReadPlan, db: &Database) -> Result<Database, Error> {
    match &plan.access {
        Access::Scan(_) => Ok(db.admit_scan(M::schema().model, &plan.index)?),
        _ => Ok(db.clone()),
    }
}
