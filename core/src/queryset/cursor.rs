//! Bidirectional pages for web applications.

use std::fmt;

use super::reader::SingleReader;
use super::unexpired::ReadTime;
use super::{QuerySet, Terminal, WholeItems};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model, Projection, Values};
use crate::planner::{CursorScope, Explain, LastEvaluatedKey, PlanError, ReadPlan};
use crate::value::Name;

/// Number of rows of a page if the queryset has no limit.
const PAGE_ROWS: usize = 25;

/// Pages of a queryset for web applications, forwards and backwards, with tokens that can be part of a URL. Returned by
/// [`QuerySet::cursor`].
///
/// A token is opaque, bounded in size, and belongs to the queryset and the table that it came from: with other lookups, of another
/// index, in another order or direction, or of a table with another prefix it is refused. The number of rows per page and their
/// attributes can change, as long as the same index is read. With
/// [`Database::with_cursor_secret`](crate::database::Database::with_cursor_secret), tokens are signed, so that they cannot be forged; they
/// are not encrypted. Each page reads one item more than it holds, to know whether another page follows.
///
/// A union, a parallel scan and a [sort on the client](QuerySet::sort_in_memory) have no cursor.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let days = Weather::objects().set_hash_key("Seattle").set_limit(2).cursor().values(Weather::DAY);
/// let first = days.page(&db).await?;
/// assert_eq!((first.items, first.previous), (vec![1, 2], None));
///
/// let second = days.after(first.next.expect("there is a third day")).page(&db).await?;
/// assert_eq!((second.items, second.next), (vec![3], None));
///
/// let back = days.before(second.previous.expect("there are days before")).page(&db).await?;
/// assert_eq!(back.items, [1, 2]);
/// # Ok(())
/// # }
/// ```
#[must_use = "a cursor sends nothing until a page is read"]
pub struct Cursor<M: Model, R = M, I = <M as Model>::Primary> {
    queryset: QuerySet<M, R, I>,
    start: CursorStart,
}

#[derive(Clone, Debug)]
enum CursorStart {
    FirstPage,
    After(String),
    Before(String),
}

/// A page and the tokens of the pages beside it. Returned by [`Cursor::page`].
#[derive(Clone, PartialEq, Debug)]
pub struct CursorPage<R> {
    /// The rows, in the queryset's order whichever way the page was reached.
    pub items: Vec<R>,
    /// The token of the next page, for [`Cursor::after`]; `None` if this is the last page.
    pub next: Option<String>,
    /// The token of the previous page, for [`Cursor::before`]; `None` if this is the first page.
    pub previous: Option<String>,
}

/// The read of one page.
struct PageRead {
    plan: ReadPlan,
    limit: usize,
    /// `true` if the page is read in the opposite order.
    is_reversed: bool,
}

impl<M: Model, R, I: Index<Model = M>> Cursor<M, R, I> {
    pub(super) fn new(queryset: QuerySet<M, R, I>) -> Self {
        Self { queryset, start: CursorStart::FirstPage }
    }

    /// Starts after the page whose [`next`](CursorPage::next) this token is.
    pub fn after(&self, token: impl Into<String>) -> Self {
        Self { queryset: self.queryset.clone(), start: CursorStart::After(token.into()) }
    }

    /// Ends before the page whose [`previous`](CursorPage::previous) this token is.
    pub fn before(&self, token: impl Into<String>) -> Self {
        Self { queryset: self.queryset.clone(), start: CursorStart::Before(token.into()) }
    }

    /// Reads the page.
    ///
    /// # Errors
    ///
    /// - [`PlanError::Token`] if the token does not belong to this queryset, or not to this database.
    /// - [`PlanError::Combination`] if the queryset is a union, a parallel scan or sorted on the client, or has a page token.
    /// - Those of [`QuerySet::all`].
    pub async fn page(&self, db: &Database) -> Result<CursorPage<R>, Error> {
        let call = async {
            let table = db.table_name::<M>();
            let time = ReadTime::now(db);
            let first = self.plan(None, time, &table)?;
            let index = first.plan.index.clone();
            // A token is accepted at any later time.
            let spec = self.queryset.spec.at(ReadTime::Unknown);
            let scope = CursorScope {
                request: &spec.request,
                table: &table,
                index: index.as_ref(),
                signer: db.cursor_signer(),
            };
            let (is_first, PageRead { plan, limit, is_reversed }) = match &self.start {
                CursorStart::FirstPage => (true, first),
                CursorStart::After(token) | CursorStart::Before(token) => {
                    (false, self.plan(Some(scope.decode(token)?), time, &table)?)
                }
            };
            let mut reader = SingleReader::begin(plan, spec.rate_limit.as_ref(), M::schema().model, db)?;
            let mut page = reader.rest().await?;
            let has_more = page.items.len() > limit;
            page.truncate(u64::try_from(limit).unwrap_or(u64::MAX));
            if is_reversed {
                page.reverse();
            }
            let token = |key: Option<LastEvaluatedKey>| key.map(|key| scope.encode(&key));
            // Backwards, the page of the token itself comes next.
            let (has_next, has_previous) = if is_reversed { (true, has_more) } else { (has_more, !is_first) };
            Ok(CursorPage {
                next: token(page.token_at_end(reader.token_key())).filter(|_| has_next),
                previous: token(page.token_at(0, reader.token_key())).filter(|_| has_previous),
                items: self.queryset.row.rows(page.items, db)?,
            })
        };
        self.queryset.spec.call_span(db, "cursor").run(call).await
    }

    /// Reads only these attributes, as [`QuerySet::values`].
    pub fn values<V: Values<M>>(&self, attributes: V) -> Cursor<M, V::Row, I>
    where
        R: WholeItems<M>,
    {
        Cursor { queryset: self.queryset.values(attributes), start: self.start.clone() }
    }

    /// Reads only the attributes that the struct `P` holds, as [`QuerySet::only`].
    pub fn only<P: Projection<M>>(&self) -> Cursor<M, P, I>
    where
        R: WholeItems<M>,
    {
        Cursor { queryset: self.queryset.only(), start: self.start.clone() }
    }

    /// Returns the plan of [`page`](Self::page) and its cost. The position of a token is not shown, since a token is decoded with the
    /// database's secret.
    ///
    /// # Errors
    ///
    /// Returns the error with which `page` would be refused, except [`PlanError::Token`].
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let days = Weather::objects().set_hash_key("Seattle").set_limit(10).cursor();
    /// assert_eq!(
    ///     days.explain()?.plan.to_string(),
    ///     "Limit 11, pushed down\n  Query weather; key condition: location = \"Seattle\"; ascending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain(&self) -> Result<Explain, PlanError> {
        Ok(Explain::new(&self.plan(None, ReadTime::Unknown, &M::schema().table.name)?.plan))
    }

    /// Plans the page that starts at `key`. One item more than the page holds shows whether another page follows, which a token of the
    /// service does not.
    fn plan(&self, key: Option<LastEvaluatedKey>, time: ReadTime, table: &Name) -> Result<PageRead, PlanError> {
        let mut spec = self.queryset.spec.at(time).into_owned();
        spec.check_cursor()?;
        spec.check_options()?;
        let is_reversed = matches!(self.start, CursorStart::Before(_));
        let limit = spec.request.limit.unwrap_or(PAGE_ROWS);
        spec.request.limit = Some(limit.saturating_add(1));
        spec.request.forward ^= is_reversed;
        spec.request.start = key;
        Ok(PageRead { plan: spec.plan_single(Terminal::Page, table)?, limit, is_reversed })
    }
}

impl<M: Model, R, I> Clone for Cursor<M, R, I> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), start: self.start.clone() }
    }
}

impl<M: Model, R, I> fmt::Debug for Cursor<M, R, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").field("queryset", &self.queryset).field("start", &self.start).finish()
    }
}
