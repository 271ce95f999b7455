//! The terminal half of a queryset: what asks the database.

use std::sync::Arc;

use super::reading::Reading;
use super::{ItemStream, QuerySet};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::planner::{LastEvaluatedKey, PlanError, ReadPlan, ResultKind};
use crate::run::ItemPage;
use crate::value::{Item, Name};

/// The terminal methods of a queryset that are given nothing but the database, for [`QuerySet::explain_for`].
///
/// What the others do depends on what they are given, and each has its own:
/// [`explain_in_bulk`](QuerySet::explain_in_bulk), [`explain_contains`](QuerySet::explain_contains),
/// [`explain_earliest`](QuerySet::explain_earliest), [`explain_latest`](QuerySet::explain_latest),
/// [`explain_update`](QuerySet::explain_update) and [`explain_aggregate`](QuerySet::explain_aggregate).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Terminal {
    /// [`QuerySet::all`].
    All,
    /// [`QuerySet::first`].
    First,
    /// [`QuerySet::last`].
    Last,
    /// [`QuerySet::get`].
    Get,
    /// [`QuerySet::count`].
    Count,
    /// [`QuerySet::exists`].
    Exists,
    /// [`QuerySet::page`].
    Page,
    /// [`QuerySet::last_evaluated_key`].
    LastEvaluatedKey,
    /// [`QuerySet::stream`].
    Stream,
    /// [`QuerySet::delete`].
    Delete,
    /// [`QuerySet::delete_checked`].
    DeleteChecked,
    /// [`QuerySet::aggregate`]; what it reads for which attributes, [`QuerySet::explain_aggregate`] tells.
    Aggregate,
}

/// One page of results.
#[derive(Clone, PartialEq, Debug)]
pub struct Results<M> {
    /// The items, in order.
    pub items: Vec<M>,
    /// Where to go on, with [`QuerySet::set_last_evaluated_key`]; nothing when there is nothing more.
    pub last_evaluated_key: Option<LastEvaluatedKey>,
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// All items.
    pub async fn all(&self, db: &Database) -> Result<Vec<M>, Error> {
        let mut read = self.read(Terminal::All, db)?;
        let mut items = Vec::new();
        while let Some(page) = read.next().await? {
            items.reserve(page.items.len());
            for item in &page.items {
                items.push(decode(item)?);
            }
        }
        Ok(items)
    }

    /// The first item in the queryset's order.
    pub async fn first(&self, db: &Database) -> Result<Option<M>, Error> {
        let page = self.one_page(Terminal::First, db).await?;
        page.items.first().map(decode).transpose()
    }

    /// The last item in the queryset's order: the first in the opposite order. A limit does not move it; after a page token, it
    /// is the item before the token.
    pub async fn last(&self, db: &Database) -> Result<Option<M>, Error> {
        let page = self.one_page(Terminal::Last, db).await?;
        page.items.first().map(decode).transpose()
    }

    /// The only item; [`Error::ObjectDoesNotExist`] when there is none, [`Error::MultipleObjectsReturned`] when there are more.
    pub async fn get(&self, db: &Database) -> Result<M, Error> {
        self.only_item(db).await.and_then(|item| decode(&item))
    }

    pub(super) async fn only_item(&self, db: &Database) -> Result<Item, Error> {
        let query = || match self.explain_for(Terminal::Get) {
            Ok(explain) => explain.plan.summary(),
            Err(error) => error.to_string(),
        };
        let model = M::schema().model;
        let mut items = self.limited_page(Terminal::Get, db).await?.items;
        match (items.pop(), items.is_empty()) {
            (None, _) => Err(Error::ObjectDoesNotExist { model, query: query() }),
            (Some(only), true) => Ok(only),
            (Some(_), false) => Err(Error::MultipleObjectsReturned { model, query: query() }),
        }
    }

    /// How many items there are, at most as many as the limit. Costs what reading them costs.
    pub async fn count(&self, db: &Database) -> Result<u64, Error> {
        let mut read = self.read(Terminal::Count, db)?;
        let mut count = 0;
        while let Some(page) = read.next().await? {
            count += page.count;
        }
        Ok(count)
    }

    /// Whether there is an item.
    pub async fn exists(&self, db: &Database) -> Result<bool, Error> {
        let page = self.one_page(Terminal::Exists, db).await?;
        Ok(page.count > 0)
    }

    /// One page: as many items as the limit says, or without a limit as many as one request gives. A page is shorter than that
    /// only at the end.
    pub async fn page(&self, db: &Database) -> Result<Results<M>, Error> {
        let page = self.limited_page(Terminal::Page, db).await?;
        let items = page.items.iter().map(decode).collect::<Result<_, _>>()?;
        Ok(Results { items, last_evaluated_key: page.last_evaluated_key })
    }

    /// The token of the page alone: where [`page`](Self::page) would end.
    pub async fn last_evaluated_key(&self, db: &Database) -> Result<Option<LastEvaluatedKey>, Error> {
        Ok(self.limited_page(Terminal::LastEvaluatedKey, db).await?.last_evaluated_key)
    }

    /// All items, one after the other, a page at a time.
    pub fn stream(&self, db: &Database) -> ItemStream<M> {
        ItemStream::new(self.read(Terminal::Stream, db), Arc::new(decode::<M>))
    }

    /// What a terminal method would read, as data, on a table of this name.
    pub fn plan(&self, terminal: Terminal, table: &Name) -> Result<ReadPlan, PlanError> {
        let (queryset, result_kind) = match terminal {
            // Without attributes there is nothing to look at but that the item is there.
            Terminal::Aggregate if self.request().parts.is_none() => (self.with_parts(Vec::new()), ResultKind::Items),
            Terminal::All | Terminal::Page | Terminal::Stream | Terminal::Aggregate => {
                (self.clone(), ResultKind::Items)
            }
            Terminal::First => (self.at_most(1), ResultKind::Items),
            Terminal::Last => (self.reverse().at_most(1), ResultKind::Items),
            // A second one is enough to know that there are several.
            Terminal::Get => (self.at_most(2), ResultKind::Items),
            Terminal::Count => (self.clone(), ResultKind::Count),
            Terminal::Exists => (self.at_most(1), ResultKind::Exists),
            Terminal::LastEvaluatedKey => (self.clone(), ResultKind::LastKey),
            Terminal::Delete | Terminal::DeleteChecked => (self.clone(), ResultKind::Keys),
        };
        ReadPlan::new(queryset.request(), table, result_kind)
    }

    pub(super) fn read(&self, terminal: Terminal, db: &Database) -> Result<Reading, Error> {
        self.begin(self.plan(terminal, &db.table_name::<M>())?, db)
    }

    pub(super) async fn one_page(&self, terminal: Terminal, db: &Database) -> Result<ItemPage, Error> {
        let mut read = self.read(terminal, db)?;
        Ok(read.next().await?.unwrap_or_default())
    }

    /// As many items as the limit says, or one page.
    pub(super) async fn limited_page(&self, terminal: Terminal, db: &Database) -> Result<ItemPage, Error> {
        let mut read = self.read(terminal, db)?;
        if self.request().limit.is_none() && terminal != Terminal::Get {
            return Ok(read.next().await?.unwrap_or_default());
        }
        Ok(read.rest().await?)
    }
}

pub(super) fn decode<M: Model>(item: &Item) -> Result<M, Error> {
    M::from_item(item).map_err(Error::codec::<M>)
}
