//! Parts of items: what `values` and `only` give.

use std::fmt;
use std::sync::Arc;

use super::stream::Decode;
use super::{ItemStream, QuerySet, Results, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::expression::Path;
use crate::model::{CodecError, Index, Model, Projection, Values};
use crate::planner::{Explain, PlanError, ReadPlan};
use crate::value::{Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Reads only these attributes, and gives a tuple of them for each item; for one attribute alone, just its value.
    ///
    /// A place inside an attribute is one too: `Weather::STATION.at(Station::CITY)`. What the item may lack, as an optional
    /// field or a field with a default, is given as the model would: `None`, or the default. Where a place inside an
    /// attribute may be missing, [`optional`](crate::model::Attribute::optional) says so.
    ///
    /// It is a projection expression: less is sent, and what is read costs the same, since DynamoDB counts whole items. A
    /// smaller index is what makes it cheaper: one that holds these attributes is enough, and a global one that lacks
    /// one of them is [`ProjectionLacks`](PlanError::ProjectionLacks). Of a list, the whole is sent.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max, projection = keys_only))]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     kind: Option<String>,
    /// #     temp_max: f64,
    /// #     wind: f64,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max, wind: 1.0 }.save(&db).await?;
    /// # }
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let rows: Vec<(u32, f64)> = seattle.values((Weather::DAY, Weather::TEMP_MAX)).all(&db).await?;
    /// assert_eq!(rows, [(1, 7.2), (2, 10.6), (3, 9.4)]);
    ///
    /// let kinds: Vec<Option<String>> = seattle.values(Weather::KIND).all(&db).await?;
    /// assert_eq!(kinds, [Some("sun".to_owned()), Some("rain".to_owned()), None]);
    ///
    /// // The index holds only its keys and the table's, which is enough here.
    /// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
    /// assert_eq!(rain.values((Weather::DAY, Weather::TEMP_MAX)).first(&db).await?, Some((2, 10.6)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn values<V: Values<M>>(&self, places: V) -> Rows<M, V::Row, I> {
        let paths = places.paths();
        self.rows(paths, move |item| places.decode(item))
    }

    /// Reads only the attributes that the struct `R` holds, and gives an `R` for each item.
    ///
    /// `R` derives `Projection`: each of its fields is a field of the model, of the same name and type, which the compiler
    /// checks. It costs what [`values`](Self::values) costs.
    ///
    /// Django's `only` gives models whose other fields are read when they are first looked at, and `defer` is its opposite. A
    /// Rust struct has all of its fields at all times, so that there is no `defer`, and what `only` gives is of another type.
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
    /// #[derive(Projection, Debug, PartialEq)]
    /// #[projection(model = Weather)]
    /// struct Day {
    ///     day: u32,
    ///     #[projection(attribute = temp_max)]
    ///     warmth: f64,
    /// }
    ///
    /// let days = Weather::objects().set_hash_key("Seattle").only::<Day>();
    /// assert_eq!(days.last(&db).await?, Some(Day { day: 3, warmth: 9.4 }));
    /// # Ok(())
    /// # }
    /// ```
    pub fn only<R: Projection<M>>(&self) -> Rows<M, R, I> {
        self.rows(R::paths(), R::from_item)
    }

    fn rows<R>(
        &self,
        paths: Vec<Path>,
        decode: impl Fn(&Item) -> Result<R, CodecError> + Send + Sync + 'static,
    ) -> Rows<M, R, I> {
        let decode: Decode<R> = Arc::new(move |item| decode(item).map_err(Error::codec::<M>));
        Rows { queryset: self.with_parts(paths), decode }
    }

    /// Reads only these parts of the items.
    pub(super) fn with_parts(&self, paths: Vec<Path>) -> Self {
        self.with(|request| request.parts = Some(paths))
    }
}

/// Parts of the items that a queryset matches, each as an `R`: what [`QuerySet::values`] and [`QuerySet::only`] give.
///
/// What is to be read, and in which order, is said before. The terminal methods are those of the queryset.
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
/// #     temp_max: f64,
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let warm = Weather::objects().set_hash_key("Seattle").filter(Weather::TEMP_MAX.gt(9)).set_limit(2);
/// assert_eq!(
///     warm.values((Weather::DAY, Weather::KIND)).explain()?.plan.to_string(),
///     "Limit 2\n  Query weather; key condition: location = \"Seattle\"; filter: temp_max > 9; \
///      projection: location, day, kind; ascending\n",
/// );
/// # Ok(())
/// # }
/// ```
#[must_use = "rows ask nothing until a terminal method is called"]
pub struct Rows<M: Model, R, I = <M as Model>::Primary> {
    queryset: QuerySet<M, I>,
    decode: Decode<R>,
}

impl<M: Model, R: 'static, I: Index<Model = M>> Rows<M, R, I> {
    /// A row for each item.
    pub async fn all(&self, db: &Database) -> Result<Vec<R>, Error> {
        let mut read = self.queryset.read(Terminal::All, db)?;
        let mut rows = Vec::new();
        while let Some(page) = read.next().await? {
            rows.reserve(page.items.len());
            for item in &page.items {
                rows.push((self.decode)(item)?);
            }
        }
        Ok(rows)
    }

    /// The row of the first item, as [`QuerySet::first`].
    pub async fn first(&self, db: &Database) -> Result<Option<R>, Error> {
        let page = self.queryset.one_page(Terminal::First, db).await?;
        page.items.first().map(|item| (self.decode)(item)).transpose()
    }

    /// The row of the last item, as [`QuerySet::last`].
    pub async fn last(&self, db: &Database) -> Result<Option<R>, Error> {
        let page = self.queryset.one_page(Terminal::Last, db).await?;
        page.items.first().map(|item| (self.decode)(item)).transpose()
    }

    /// The row of the only item; [`Error::ObjectDoesNotExist`] or [`Error::MultipleObjectsReturned`] when there is not
    /// exactly one.
    pub async fn get(&self, db: &Database) -> Result<R, Error> {
        self.queryset.only_item(db).await.and_then(|item| (self.decode)(&item))
    }

    /// One page of rows, as [`QuerySet::page`]. The token goes to the queryset: `set_last_evaluated_key(…).values(…)`.
    pub async fn page(&self, db: &Database) -> Result<Results<R>, Error> {
        let page = self.queryset.limited_page(Terminal::Page, db).await?;
        let items = page.items.iter().map(|item| (self.decode)(item)).collect::<Result<_, _>>()?;
        Ok(Results { items, last_evaluated_key: page.last_evaluated_key })
    }

    /// All rows, one after the other, a page at a time.
    pub fn stream(&self, db: &Database) -> ItemStream<R> {
        ItemStream::new(self.queryset.read(Terminal::Stream, db), self.decode.clone())
    }

    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.queryset.explain()
    }

    /// What another terminal method would do.
    pub fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        self.queryset.explain_for(terminal)
    }

    /// What a terminal method would do, as data, on a table of this name.
    pub fn plan(&self, terminal: Terminal, table: &Name) -> Result<ReadPlan, PlanError> {
        self.queryset.plan(terminal, table)
    }
}

impl<M: Model, R, I> Clone for Rows<M, R, I> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), decode: self.decode.clone() }
    }
}

impl<M: Model, R, I> fmt::Debug for Rows<M, R, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rows").field(&self.queryset).finish()
    }
}
