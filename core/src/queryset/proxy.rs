//! Rows of another type than the model, with the model's fields.

use std::ops::DerefMut;

use super::row_decoder::RowDecoder;
use super::{QuerySet, WholeItems};
use crate::model::{Index, Model};

/// Another type of the items of a model, with managers and methods of its own, as Django's
/// [proxy models](https://docs.djangoproject.com/en/stable/topics/db/models/#proxy-models). Derive it with `#[derive(Proxy)]` on a newtype.
///
/// The querysets of a proxy are those of its base, with the proxy as the type of the rows: their lookups are the constants of the base. A
/// value dereferences to the base, whose fields and methods it has.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "weather", global_index(by_kind, hash_key = kind))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     day: u32,
///     kind: String,
///     temp_max: f64,
/// }
///
/// #[derive(Proxy)]
/// #[proxy(manager(objects, filter = Weather::KIND.eq("snow")))]
/// #[proxy(manager(of_kind, index = WeatherByKind))]
/// struct SnowDay(Weather);
///
/// impl SnowDay {
///     fn melts(&self) -> bool {
///         self.temp_max > 0.0
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 5.0), (2, "snow", -3.0), (3, "snow", 1.5)] {
/// #     Weather { location: "Seattle".to_owned(), day, kind: kind.to_owned(), temp_max }.save(&db).await?;
/// # }
///
/// let mut days = SnowDay::objects().set_hash_key("Seattle").all(&db).await?;
/// assert_eq!(days.iter().map(SnowDay::melts).collect::<Vec<_>>(), [false, true]);
///
/// days[1].temp_max = 2.5;
/// days[1].save(&db).await?;
/// assert_eq!(SnowDay::of_kind().set_hash_key("snow").filter(Weather::TEMP_MAX.gt(2)).count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
///
/// # Differences from a model
///
/// - A proxy has no table and no schema, and is not registered. Its items are decoded as the base, so receivers of the base are called.
/// - Writes take values of the base: `bulk_create` a slice of them, and `contains`, transactions and batches a reference, to which
///   `&*day` converts. Functions such as `get_by_key` return the base: `SnowDay::from(Weather::get_by_key(key, &db).await?)`.
/// - A manager's filter applies to reads, as that of a model's manager. A value that no longer matches can be saved.
/// - A union has rows of one type: [`as_proxy`](QuerySet::as_proxy) makes them.
/// - A field of a [`Collection`](super::Collection) is a model, not a proxy, since an item does not say which proxy it is.
/// - A proxy is no [`Managed`](super::Managed) model. Its base is a model, not another proxy.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a proxy",
    note = "add #[derive(Proxy)] to a struct with one unnamed field, which is a model: `struct {Self}(Model);`"
)]
pub trait Proxy:
    From<Self::Base> + Into<Self::Base> + DerefMut<Target = Self::Base> + WholeItems<Self::Base> + Send + 'static
{
    /// Model whose items the values are.
    type Base: Model;
}

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns rows of a proxy of the model.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// #[derive(Proxy)]
    /// struct Day(Weather);
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days: Vec<Day> = Weather::objects().set_hash_key("Seattle").as_proxy().all(&db).await?;
    /// assert_eq!(days.len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_proxy<P: Proxy<Base = M>>(&self) -> QuerySet<M, P, I>
    where
        R: WholeItems<M>,
    {
        let rows = RowDecoder::whole(
            |item, db| db.decode_owned::<M>(item).map(P::from),
            |items, db, rows| {
                rows.reserve(items.len());
                for item in items {
                    rows.push(P::from(db.decode_owned::<M>(item)?));
                }
                Ok(())
            },
        );
        QuerySet::of(self.spec.clone(), rows)
    }
}
