//! Querysets of a user's own type, which carry state.

mod builder_methods;
mod plain;
mod terminal_methods;

use super::QuerySet;
use crate::model::{Index, Model, Q};

pub use builder_methods::BuilderMethods;
pub use terminal_methods::TerminalMethods;

/// A queryset of a user's own type: a struct with a [`QuerySet`] and fields of its own, which every builder method keeps. Derive it with
/// `#[derive(CustomQuerySet)]`.
///
/// The struct has two type parameters, the rows and the index, which are those of the queryset in it. Its other fields are its state.
/// It has the methods of a [`QuerySet`] by [`BuilderMethods`] and [`TerminalMethods`], which are in the prelude. A manager is declared by
/// `manager(name, queryset = …)`, or made by `as_manager()` or `from_queryset(index)`, which the derive generates.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "weather", global_index(by_kind, hash_key = kind))]
/// #[model(manager(objects, queryset = WeatherQuerySet))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     day: u32,
///     kind: String,
///     temp_max: f64,
/// }
///
/// #[derive(CustomQuerySet)]
/// struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
///     queryset: QuerySet<Weather, R, I>,
///     is_in_fahrenheit: bool,
/// }
///
/// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
///     /// Takes and returns temperatures in degrees Fahrenheit.
///     fn fahrenheit(&self) -> Self {
///         Self { is_in_fahrenheit: true, ..self.clone() }
///     }
///
///     fn warmer_than(&self, degrees: f64) -> Self {
///         let celsius = if self.is_in_fahrenheit { (degrees - 32.0) / 1.8 } else { degrees };
///         self.filter(Weather::TEMP_MAX.gt(celsius))
///     }
/// }
///
/// /// A method of the struct takes precedence over the one of a queryset, here where rows are models.
/// impl<I: Index<Model = Weather>> WeatherQuerySet<Weather, I> {
///     async fn all(&self, db: &Database) -> Result<Vec<Weather>, djamodb::Error> {
///         let mut days = self.queryset.all(db).await?;
///         if self.is_in_fahrenheit {
///             for day in &mut days {
///                 day.temp_max = day.temp_max * 1.8 + 32.0;
///             }
///         }
///         Ok(days)
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 5.0), (2, "rain", 10.0), (3, "rain", 15.0)] {
/// #     Weather { location: "Seattle".to_owned(), day, kind: kind.to_owned(), temp_max }.save(&db).await?;
/// # }
///
/// let rain = Weather::objects().fahrenheit().set_index(Weather::BY_KIND).set_hash_key("rain");
/// assert_eq!(rain.warmer_than(55.0).all(&db).await?[0].temp_max, 59.0);
/// assert_eq!(rain.warmer_than(55.0).values(Weather::DAY).all(&db).await?, [3]);
/// # Ok(())
/// # }
/// ```
///
/// # Overriding
///
/// - **A method of the struct** with the name of a builder or terminal method takes precedence, wherever the type is known. It calls the
///   method of the queryset that it replaces: `self.queryset.all(db)`, or `self.with_inner(self.queryset.set_limit(limit))` for a builder
///   method, which keeps the state. Code that is generic over `CustomQuerySet` calls the methods of the traits.
/// - **Methods do not call each other:** overriding `all` does not change `first` or `stream`.
/// - **[`pre_filter`](Self::pre_filter)** changes the lookups of every `filter`, `filter_lookup`, `exclude` and `with_filter`.
/// - **[`post_set_index`](Self::post_set_index)** changes each queryset whose index was set, also by a manager, whose `set_index` is a
///   method of its own.
///
/// A [`Cursor`](super::Cursor), a [`Page`](super::Page) and a stream have no state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queryset",
    note = "add #[derive(CustomQuerySet)] to a struct with two type parameters and a field `queryset: QuerySet<Model, R, I>`"
)]
pub trait CustomQuerySet: Clone + From<QuerySet<Self::Model, Self::Row, Self::Index>> {
    /// Model whose items are read.
    type Model: Model;

    /// Type of the rows.
    type Row;

    /// Table or index that is read.
    type Index: Index<Model = Self::Model>;

    /// This type with other rows, over another index.
    type Of<R, I: Index<Model = Self::Model>>: CustomQuerySet<Model = Self::Model, Row = R, Index = I>;

    /// Returns the queryset without the state.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[derive(CustomQuerySet)]
    /// # struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    /// #     queryset: QuerySet<Weather, R, I>,
    /// # }
    /// let seattle = WeatherQuerySet::as_manager().set_hash_key("Seattle");
    /// let plain: QuerySet<Weather> = seattle.inner().clone();
    /// # let _ = plain;
    /// ```
    fn inner(&self) -> &QuerySet<Self::Model, Self::Row, Self::Index>;

    /// Returns another queryset with this one's state.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[derive(CustomQuerySet)]
    /// # struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    /// #     queryset: QuerySet<Weather, R, I>,
    /// # }
    /// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
    ///     /// Overrides the builder method: no read returns more than 100 rows.
    ///     fn set_limit(&self, limit: usize) -> Self {
    ///         self.with_inner(self.queryset.set_limit(limit.min(100)))
    ///     }
    /// }
    /// # let _ = WeatherQuerySet::as_manager().set_limit(1000);
    /// ```
    fn with_inner(&self, queryset: QuerySet<Self::Model, Self::Row, Self::Index>) -> Self;

    /// Returns another queryset, with other rows or over another index, with this one's state.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[derive(CustomQuerySet)]
    /// # struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    /// #     queryset: QuerySet<Weather, R, I>,
    /// # }
    /// impl<I: Index<Model = Weather>> WeatherQuerySet<Weather, I> {
    ///     fn days(&self) -> WeatherQuerySet<u32, I> {
    ///         self.with_inner_of(self.queryset.values(Weather::DAY))
    ///     }
    /// }
    /// # let _ = WeatherQuerySet::as_manager().days();
    /// ```
    fn with_inner_of<R, I: Index<Model = Self::Model>>(&self, queryset: QuerySet<Self::Model, R, I>) -> Self::Of<R, I>;

    /// Returns the lookups that take the place of those that are added to the queryset, which are the same unless the derive has the option
    /// `pre_filter = function`.
    ///
    /// The lookups of `exclude` are negated before.
    ///
    /// ```
    /// use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    ///
    /// #[derive(CustomQuerySet)]
    /// #[queryset(pre_filter = Self::or_sun)]
    /// struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    ///     queryset: QuerySet<Weather, R, I>,
    /// }
    ///
    /// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
    ///     fn or_sun(&self, lookups: Q<Weather>) -> Q<Weather> {
    ///         lookups | Weather::KIND.eq("sun")
    ///     }
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = WeatherQuerySet::as_manager().set_hash_key("Seattle").values(Weather::DAY);
    /// assert_eq!(seattle.filter(Weather::DAY.gt(2)).all(&db).await?, [1, 3]);
    /// # Ok(())
    /// # }
    /// ```
    fn pre_filter(&self, lookups: Q<Self::Model>) -> Q<Self::Model> {
        lookups
    }

    /// Returns the queryset that takes the place of this one, whose index was set just now. It is this one unless the derive has the option
    /// `post_set_index = function`.
    ///
    /// ```
    /// use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    ///
    /// #[derive(CustomQuerySet)]
    /// #[queryset(post_set_index = Self::newest_first)]
    /// struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    ///     queryset: QuerySet<Weather, R, I>,
    /// }
    ///
    /// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
    ///     fn newest_first(self) -> Self {
    ///         self.reverse()
    ///     }
    /// }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rain = WeatherQuerySet::as_manager().set_index(Weather::BY_KIND).set_hash_key("rain");
    /// assert_eq!(
    ///     rain.explain()?.plan.to_string(),
    ///     "Query weather; index: by_kind; key condition: kind = \"rain\"; descending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    fn post_set_index(self) -> Self {
        self
    }
}
