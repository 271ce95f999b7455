//! Pages for web applications.

use std::fmt;

use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::planner::{Explain, LastEvaluatedKey, PlanError, cursor};

/// How many items a page has where nobody says.
const PAGE_ITEMS: usize = 25;

/// Pages of a queryset for web applications, forwards and backwards, with tokens that can stand in a URL. Made by
/// [`QuerySet::cursor`].
///
/// A token is opaque, bounded in size, and belongs to the queryset that it came from: with other lookups, of another index or in another
/// order it is refused with an error that says so. The number of items may change. With
/// [`Database::with_cursor_secret`](crate::database::Database::with_cursor_secret) it is signed as well, so that nobody can make one up;
/// it is not encrypted. Each page reads one item more than it holds, to know whether there is another.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// let days = Weather::objects().set_hash_key("Seattle").set_limit(2).cursor();
/// let first = days.page(&db).await?;
/// assert_eq!((first.items.len(), first.previous), (2, None));
///
/// let second = days.after(first.next.expect("there is a third day")).page(&db).await?;
/// assert_eq!((second.items[0].day, second.next), (3, None));
///
/// let back = days.before(second.previous.expect("there are days before")).page(&db).await?;
/// assert_eq!(back.items, first.items);
/// # Ok(())
/// # }
/// ```
#[must_use = "a cursor asks nothing until a page is asked for"]
pub struct Cursor<M: Model, I = <M as Model>::Primary> {
    queryset: QuerySet<M, I>,
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    Start,
    After(String),
    Before(String),
}

/// A page, and the tokens of its neighbours.
#[derive(Clone, PartialEq, Debug)]
pub struct CursorPage<M> {
    /// The items, in the queryset's order whichever way the page was reached.
    pub items: Vec<M>,
    /// For [`Cursor::after`]; nothing when this is the last page.
    pub next: Option<String>,
    /// For [`Cursor::before`]; nothing when this is the first page.
    pub previous: Option<String>,
}

impl<M: Model, I: Index<Model = M>> Cursor<M, I> {
    pub(super) fn new(queryset: QuerySet<M, I>) -> Self {
        let limit = queryset.request().limit.unwrap_or(PAGE_ITEMS);
        Self { queryset: queryset.set_limit(limit).set_last_evaluated_key(None), from: From::Start }
    }

    /// The page after a token.
    pub fn after(&self, token: impl Into<String>) -> Self {
        Self { queryset: self.queryset.clone(), from: From::After(token.into()) }
    }

    /// The page before a token.
    pub fn before(&self, token: impl Into<String>) -> Self {
        Self { queryset: self.queryset.clone(), from: From::Before(token.into()) }
    }

    /// Reads the page.
    pub async fn page(&self, db: &Database) -> Result<CursorPage<M>, Error> {
        let key = |token: &str| cursor::decode(self.queryset.request(), token, db.cursor_signer());
        let (queryset, is_reversed, is_start) = match &self.from {
            From::Start => (self.queryset.clone(), false, true),
            From::After(token) => (self.queryset.set_last_evaluated_key(key(token)?), false, false),
            From::Before(token) => (self.queryset.reverse().set_last_evaluated_key(key(token)?), true, false),
        };
        let limit = queryset.request().limit.unwrap_or(PAGE_ITEMS);
        let mut read = one_more(&queryset).read(Terminal::Page, db)?;
        let mut page = read.rest().await?;
        let has_more = page.items.len() > limit;
        page.truncate(u64::try_from(limit).unwrap_or(u64::MAX));
        if is_reversed {
            page.reverse();
        }
        let token = |key: Option<LastEvaluatedKey>| {
            key.map(|key| cursor::encode(self.queryset.request(), &key, db.cursor_signer()))
        };
        // The item of the token that was given lies on the other side.
        let (has_next, has_previous) = if is_reversed { (true, has_more) } else { (has_more, !is_start) };
        Ok(CursorPage {
            next: token(page.token_at_end(read.token_key())).filter(|_| has_next),
            previous: token(page.token_at(0, read.token_key())).filter(|_| has_previous),
            items: page.items.iter().map(super::terminal::decode).collect::<Result<_, _>>()?,
        })
    }

    /// What [`page`](Self::page) would do, and what it would cost. Where a token says to begin is not shown: only a database
    /// can tell whether it is one of its own.
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
    /// # }
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
        match self.from {
            From::Start | From::After(_) => one_more(&self.queryset).explain_for(Terminal::Page),
            From::Before(_) => one_more(&self.queryset.reverse()).explain_for(Terminal::Page),
        }
    }
}

/// One more than the page holds tells whether there is another page, which a token of the service does not.
fn one_more<M: Model, I: Index<Model = M>>(queryset: &QuerySet<M, I>) -> QuerySet<M, I> {
    let limit = queryset.request().limit.unwrap_or(PAGE_ITEMS);
    queryset.set_limit(limit.saturating_add(1))
}

impl<M: Model, I> Clone for Cursor<M, I> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), from: self.from.clone() }
    }
}

impl<M: Model, I> fmt::Debug for Cursor<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").field("queryset", &self.queryset).field("from", &self.from).finish()
    }
}
