//! What any of several querysets matches.

mod reading;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use super::reading::admitted;
use super::stream::{Decode, Pages as _};
use super::terminal::decode;
use super::{ItemStream, QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::expression::Path;
use crate::model::{CodecError, Index, Model, Projection, Values};
use crate::planner::{Access, Explain, Node, PlanError, ReadPlan, ResultKind};
use crate::value::{Item, Name};
use reading::{Operand, UnionReading};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// The items that this queryset matches or another one does, each once, whichever indexes the two read: Django's
    /// [`union`](https://docs.djangoproject.com/en/stable/ref/models/querysets/#union).
    ///
    /// Of one index, `filter(one | other)` asks for the same in one queryset, which has pages as well.
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
    /// # for (location, day, kind) in [("Seattle", 1, "sun"), ("Seattle", 2, "rain"), ("Boston", 3, "rain"), ("Boston", 4, "sun")] {
    /// #     Weather { location: location.to_owned(), day, kind: Some(kind.to_owned()), temp_max: 9.4 }.save(&db).await?;
    /// # }
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
    /// let either = seattle.union(&rain);
    /// let days: Vec<u32> = either.all(&db).await?.iter().map(|weather| weather.day).collect();
    /// assert_eq!(days, [1, 2, 3], "the second day is in both, and is given once");
    /// assert_eq!(either.set_limit(2).count(&db).await?, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn union<J: Index<Model = M>>(&self, other: &QuerySet<M, J>) -> Union<M> {
        let operands = vec![self.of_any_index(), other.of_any_index()];
        Union { operands, limit: None, decode: Arc::new(decode::<M>) }
    }
}

/// The items that any of several querysets of one model matches, each once: what [`QuerySet::union`] gives.
///
/// The querysets are read one after the other, in the order given, and each keeps its own order, limit, page token, rate and
/// consistency. What an item is, its key in the table tells: one that an earlier queryset gave is left out, also where it changed
/// in between. For that the keys of what was given are kept in memory; those of the last queryset only if it reads an index,
/// within which an item can move while it is read.
///
/// What several querysets match is read and paid for by each. There are no page tokens, since a token would have to hold all
/// that was given before: with [`stream`](Self::stream) only what is taken is read, and one queryset whose lookups are joined by
/// `|` has pages. Scans share what the database allows a call to scan.
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
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
/// assert_eq!(
///     seattle.union(&rain).set_limit(10).explain()?.to_string(),
///     "\
/// Limit 10
///   Union distinct by: location, day
///     Limit 10, pushed down
///       Query weather; key condition: location = \"Seattle\"; ascending
///     Limit 10, pushed down
///       Query weather; index: by_kind; key condition: kind = \"rain\"; ascending
/// up to 2 requests, each about 1.5 read units, at most 178; index: differs by operand
/// operand 1: one request: about 1.5 read units, at most 178; index: table (no index was given)
/// operand 2: one request: about 1.5 read units, at most 178; index: by_kind (given by set_index)"
/// );
/// # Ok(())
/// # }
/// ```
#[must_use = "a union asks nothing until a terminal method is called"]
pub struct Union<M: Model, R = M> {
    operands: Vec<QuerySet<M>>,
    limit: Option<usize>,
    decode: Decode<R>,
}

impl<M: Model> Union<M> {
    /// Adds what another queryset matches.
    pub fn union<J: Index<Model = M>>(&self, another: &QuerySet<M, J>) -> Self {
        let mut union = self.clone();
        union.operands.push(another.of_any_index());
        union
    }

    /// Reads only these attributes, as [`QuerySet::values`]. Items are told apart by their keys all the same, so that a row can
    /// come twice.
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
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (location, day) in [("Seattle", 1), ("Seattle", 2), ("Boston", 1)] {
    /// #     Weather { location: location.to_owned(), day, kind: None }.save(&db).await?;
    /// # }
    /// let both = Weather::objects().set_hash_key("Seattle").union(&Weather::objects().set_hash_key("Boston"));
    /// assert_eq!(both.values(Weather::DAY).all(&db).await?, [1, 2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn values<V: Values<M>>(&self, places: V) -> Union<M, V::Row> {
        let paths = places.paths();
        self.parts(&paths, move |item| places.decode(item))
    }

    /// Reads only the attributes that the struct `R` holds, as [`QuerySet::only`].
    pub fn only<R: Projection<M>>(&self) -> Union<M, R> {
        self.parts(&R::paths(), R::from_item)
    }

    fn parts<R>(
        &self,
        paths: &[Path],
        decode: impl Fn(&Item) -> Result<R, CodecError> + Send + Sync + 'static,
    ) -> Union<M, R> {
        let operands = self.operands.iter().map(|operand| operand.with_parts(paths.to_vec())).collect();
        let decode: Decode<R> = Arc::new(move |item| decode(item).map_err(Error::codec::<M>));
        Union { operands, limit: self.limit, decode }
    }
}

impl<M: Model, R: 'static> Union<M, R> {
    /// Gives at most this many results. Querysets that are not needed any more are not asked.
    pub fn set_limit(&self, limit: usize) -> Self {
        Self { limit: Some(limit), ..self.clone() }
    }

    /// All items.
    pub async fn all(&self, db: &Database) -> Result<Vec<R>, Error> {
        let mut read = self.read(Terminal::All, db)?;
        let mut items = Vec::new();
        while let Some(page) = read.next().await? {
            items.reserve(page.items.len());
            for item in &page.items {
                items.push((self.decode)(item)?);
            }
        }
        Ok(items)
    }

    /// The first item of the first queryset that matches any.
    pub async fn first(&self, db: &Database) -> Result<Option<R>, Error> {
        let page = self.read(Terminal::First, db)?.next().await?.unwrap_or_default();
        page.items.first().map(|item| (self.decode)(item)).transpose()
    }

    /// How many items there are, at most as many as the limit. Only keys are sent; it costs what reading the items costs.
    pub async fn count(&self, db: &Database) -> Result<u64, Error> {
        let mut read = self.read(Terminal::Count, db)?;
        let mut count = 0;
        while let Some(page) = read.next().await? {
            count += page.count;
        }
        Ok(count)
    }

    /// Whether there is an item. The first queryset that matches one is the last that is asked.
    pub async fn exists(&self, db: &Database) -> Result<bool, Error> {
        Ok(self.read(Terminal::Exists, db)?.finds_any().await?)
    }

    /// All items, one after the other, a page at a time.
    pub fn stream(&self, db: &Database) -> ItemStream<R> {
        ItemStream::new(self.read(Terminal::Stream, db), self.decode.clone())
    }

    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.explain_for(Terminal::All)
    }

    /// What another terminal method of a union would do; what it has not is explained as [`all`](Self::all).
    pub fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        let plans = self.plans(terminal, &M::schema().table.name)?;
        let key: Vec<&str> = M::schema().table.key.names().map(Name::as_str).collect();
        let node = Node::new("Union", [("distinct by", key.join(", "))]);
        let mut explain = Explain::combined(node, plans.iter().map(Explain::new).collect());
        if let (Some(limit), false) = (self.most(terminal), terminal == Terminal::Exists) {
            explain.plan = explain.plan.inside("Limit", [("results", limit.to_string())]);
        }
        if terminal == Terminal::Count {
            explain.plan = explain.plan.inside("Count", []);
        }
        Ok(explain)
    }

    /// What a terminal method would read, as data, on a table of this name: a plan for each queryset. Nothing more is asked as
    /// soon as there is enough.
    pub fn plans(&self, terminal: Terminal, table: &Name) -> Result<Vec<ReadPlan>, PlanError> {
        let most = self.most(terminal);
        let plan = |operand: &QuerySet<M>| {
            let operand = most.map_or_else(|| operand.clone(), |most| operand.at_most(most));
            match terminal {
                // What is counted has to be told apart.
                Terminal::Count => ReadPlan::new(operand.request(), table, ResultKind::Keys),
                Terminal::First | Terminal::Exists => operand.plan(terminal, table),
                _ => operand.plan(Terminal::All, table),
            }
        };
        self.operands.iter().map(plan).collect()
    }

    /// How many results are wanted. So many are enough of each queryset too: of those, the ones that were given before leave as
    /// many as are still wanted.
    fn most(&self, terminal: Terminal) -> Option<usize> {
        match terminal {
            Terminal::First | Terminal::Exists => Some(self.limit.map_or(1, |limit| limit.min(1))),
            _ => self.limit,
        }
    }

    /// Plans all querysets before the first is asked, so that nothing is sent where one of them cannot be.
    fn read(&self, terminal: Terminal, db: &Database) -> Result<UnionReading, Error> {
        let plans = self.plans(terminal, &db.table_name::<M>())?;
        let mut scanning: Option<Database> = None;
        let mut waiting = VecDeque::with_capacity(plans.len());
        for (queryset, plan) in self.operands.iter().zip(plans) {
            let items_move = plan.token_key.len() > plan.table_key.len();
            let db = match (&plan.access, &scanning) {
                (Access::Scan(_), Some(scanning)) => scanning.clone(),
                (Access::Scan(_), None) => scanning.insert(admitted::<M>(&plan, db)?).clone(),
                _ => db.clone(),
            };
            waiting.push_back(Operand { read: queryset.begin(plan, &db)?, items_move });
        }
        Ok(UnionReading::new(waiting, &M::schema().table.key, self.most(terminal)))
    }
}

impl<M: Model, R> Clone for Union<M, R> {
    fn clone(&self) -> Self {
        Self { operands: self.operands.clone(), limit: self.limit, decode: self.decode.clone() }
    }
}

impl<M: Model, R> fmt::Debug for Union<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Union").field("operands", &self.operands).field("limit", &self.limit).finish_non_exhaustive()
    }
}
