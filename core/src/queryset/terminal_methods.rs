//! Terminal methods that return rows, counts or pages.

use super::reader::PageReader;
use super::unexpired::ReadTime;
use super::{ItemStream, Page, QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::planner::LastEvaluatedKey;
use crate::run::ItemPage;
use crate::value::Item;

impl<M: Model, R: 'static, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns all rows, at most as many as the limit.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`] if the queryset cannot be planned; nothing was sent.
    /// - [`Error::Driver`] if a request failed.
    /// - [`Error::Decode`] if an item cannot be decoded; it names the item. [`stream`](Self::stream) goes on after such an item.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days: Vec<Weather> = Weather::objects().set_hash_key("Seattle").all(&db).await?;
    /// assert_eq!(days.len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn all(&self, db: &Database) -> Result<Vec<R>, Error> {
        let call = async {
            let mut reader = self.read(Terminal::All, db)?;
            let mut rows = Vec::new();
            while let Some(page) = reader.next().await? {
                self.row.append(page.items, db, &mut rows)?;
            }
            Ok(rows)
        };
        self.spec.call_span(db, "all").run(call).await
    }

    /// Returns the first row in the queryset's order, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// Those of [`all`](Self::all).
    pub async fn first(&self, db: &Database) -> Result<Option<R>, Error> {
        let call = async { self.first_item(Terminal::First, db).await?.map(|item| self.row.row(item, db)).transpose() };
        self.spec.call_span(db, "first").run(call).await
    }

    /// Returns the last row in the queryset's order, or `None` if there is none.
    ///
    /// It is the first row in the opposite order. A limit does not change which it is. After a page token, it is the last row before
    /// the token.
    ///
    /// # Errors
    ///
    /// Those of [`all`](Self::all). A scan and a union have no last row, unless [`sort_in_memory`](Self::sort_in_memory) orders
    /// them: [`PlanError::ScanHasNoOrder`](crate::planner::PlanError::ScanHasNoOrder),
    /// [`PlanError::Combination`](crate::planner::PlanError::Combination).
    pub async fn last(&self, db: &Database) -> Result<Option<R>, Error> {
        let call = async { self.first_item(Terminal::Last, db).await?.map(|item| self.row.row(item, db)).transpose() };
        self.spec.call_span(db, "last").run(call).await
    }

    /// Returns the only row.
    ///
    /// # Errors
    ///
    /// - [`Error::ObjectDoesNotExist`] if no item matches.
    /// - [`Error::MultipleObjectsReturned`] if more than one item matches.
    /// - Those of [`all`](Self::all).
    pub async fn get(&self, db: &Database) -> Result<R, Error> {
        let call = async {
            let query = || match self.explain_for(Terminal::Get) {
                Ok(explain) => explain.plan.summary(),
                Err(error) => error.to_string(),
            };
            let model = M::schema().model;
            let mut items = self.read(Terminal::Get, db)?.rest().await?.items;
            match (items.pop(), items.is_empty()) {
                (None, _) => Err(Error::ObjectDoesNotExist { model, query: query() }),
                (Some(only), true) => self.row.row(only, db),
                (Some(_), false) => Err(Error::MultipleObjectsReturned { model, query: query() }),
            }
        };
        self.spec.call_span(db, "get").run(call).await
    }

    /// Returns the number of items, at most as many as the limit. Counting costs what reading the items costs.
    ///
    /// # Errors
    ///
    /// Those of [`all`](Self::all), except [`Error::Decode`].
    pub async fn count(&self, db: &Database) -> Result<u64, Error> {
        let call = async {
            let mut reader = self.read(Terminal::Count, db)?;
            let mut count = 0;
            while let Some(page) = reader.next().await? {
                count += page.count;
            }
            Ok(count)
        };
        self.spec.call_span(db, "count").run(call).await
    }

    /// Returns `true` if there is an item.
    ///
    /// # Errors
    ///
    /// Those of [`all`](Self::all), except [`Error::Decode`].
    pub async fn exists(&self, db: &Database) -> Result<bool, Error> {
        let call = async {
            let mut reader = self.read(Terminal::Exists, db)?;
            while let Some(page) = reader.next().await? {
                if page.count > 0 {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        self.spec.call_span(db, "exists").run(call).await
    }

    /// Returns one page: as many rows as the limit says, or without a limit the rows of one request. Only the last page is shorter.
    ///
    /// # Errors
    ///
    /// - Those of [`all`](Self::all).
    /// - [`PlanError::Combination`](crate::planner::PlanError::Combination) for a union, a parallel scan or a
    ///   [sort on the client](Self::sort_in_memory), which have no page tokens.
    pub async fn page(&self, db: &Database) -> Result<Page<R>, Error> {
        let call = async {
            let page = self.item_page(Terminal::Page, db).await?;
            Ok(Page { items: self.row.rows(page.items, db)?, last_evaluated_key: page.last_evaluated_key })
        };
        self.spec.call_span(db, "page").run(call).await
    }

    /// Returns the token with which [`page`](Self::page) would end, or `None` if that page is the last. Only keys are sent.
    ///
    /// # Errors
    ///
    /// Those of [`page`](Self::page), except [`Error::Decode`].
    pub async fn last_evaluated_key(&self, db: &Database) -> Result<Option<LastEvaluatedKey>, Error> {
        let call = async { Ok(self.item_page(Terminal::LastEvaluatedKey, db).await?.last_evaluated_key) };
        self.spec.call_span(db, "last_evaluated_key").run(call).await
    }

    /// Returns a stream of all rows, which reads a page when the rows of the page before are used up.
    ///
    /// # Errors
    ///
    /// The stream yields those of [`all`](Self::all). After [`Error::Decode`] it goes on with the next item, so that one bad item does
    /// not hide the others; `try_next()?` and `try_collect` stop there. It ends after any other error.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// use djamodb::Error;
    /// use djamodb::plan::PutItem;
    /// use djamodb::value::Item;
    ///
    /// // Another program wrote a day without a temperature.
    /// db.run(PutItem::new("weather", Item::new().with("location", "Seattle").with("day", 0))).await?;
    /// let mut rows = Weather::objects().set_hash_key("Seattle").stream(&db);
    /// let mut days = Vec::new();
    /// while let Some(row) = rows.next().await {
    ///     match row {
    ///         Ok(weather) => days.push(weather.day),
    ///         Err(error @ Error::Decode { .. }) => eprintln!("skipped: {error}"),
    ///         Err(error) => return Err(error.into()),
    ///     }
    /// }
    /// assert_eq!(days, [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(&self, db: &Database) -> ItemStream<R> {
        let target = (M::schema(), db.clone());
        ItemStream::new(self.spec.call_span(db, "stream"), self.read(Terminal::Stream, db), self.row.clone(), target)
    }

    async fn first_item(&self, terminal: Terminal, db: &Database) -> Result<Option<Item>, Error> {
        let mut reader = self.read(terminal, db)?;
        while let Some(page) = reader.next().await? {
            if let Some(item) = page.items.into_iter().next() {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    /// Reads as many items as the limit says, or the items of one request.
    async fn item_page(&self, terminal: Terminal, db: &Database) -> Result<ItemPage, Error> {
        let mut reader = self.read(terminal, db)?;
        match self.spec.request.limit {
            Some(_) => Ok(reader.rest().await?),
            None => Ok(reader.next().await?.unwrap_or_default()),
        }
    }

    fn read(&self, terminal: Terminal, db: &Database) -> Result<PageReader, Error> {
        let tree = self.spec.at(ReadTime::now(db)).plan(terminal, &db.table_name::<M>())?;
        Ok(PageReader::begin(tree, M::schema().model, db)?)
    }
}
