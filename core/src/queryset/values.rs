//! Rows that are parts of items.

use super::row_decoder::RowDecoder;
use super::{QuerySet, WholeItems};
use crate::expression::Path;
use crate::model::{CodecError, Index, Model, Projection, Values};
use crate::value::Item;

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Reads only these attributes. Rows are tuples of their values, or the value itself for one attribute.
    ///
    /// A path into an attribute is allowed as well: `Weather::STATION.at(Station::CITY)`. Where an item can lack an attribute, since the
    /// field is optional or has a default, the row holds what the model would: `None`, or the default. Where a path into an attribute
    /// can be missing, use [`optional`](crate::model::Attribute::optional).
    ///
    /// The attributes become a projection expression. This reduces what is sent, not what is paid for, since DynamoDB charges for whole
    /// items. A smaller index reduces the cost: one that holds these attributes is enough, and a global index that lacks one of them is
    /// [`PlanError::ProjectionLacks`](crate::planner::PlanError::ProjectionLacks). Lists are sent whole.
    ///
    /// Rows can be read by every terminal method that does not write. Options can be set before or after `values`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let rows: Vec<(u32, f64)> = seattle.values((Weather::DAY, Weather::TEMP_MAX)).all(&db).await?;
    /// assert_eq!(rows, [(1, 7.2), (2, 10.6), (3, 9.4)]);
    ///
    /// let kinds: Vec<Option<String>> = seattle.values(Weather::KIND).set_limit(1).all(&db).await?;
    /// assert_eq!(kinds, [Some("sun".to_owned())]);
    /// assert_eq!(
    ///     seattle.values(Weather::KIND).explain()?.plan.to_string(),
    ///     "Query weather; key condition: location = \"Seattle\"; projection: location, day, kind; ascending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn values<V: Values<M>>(&self, attributes: V) -> QuerySet<M, V::Row, I>
    where
        R: WholeItems<M>,
    {
        let paths = attributes.paths();
        self.parts(paths, move |item| attributes.decode(item))
    }

    /// Reads only the attributes that the struct `P` holds. Rows are values of `P`.
    ///
    /// `P` derives `Projection`: each of its fields is a field of the model, of the same name and type, which the compiler checks. The
    /// cost is that of [`values`](Self::values).
    ///
    /// Django's `only` returns models whose other fields are read on first access, and `defer` is its opposite. A Rust struct has all of
    /// its fields at all times, so there is no `defer`, and `only` returns rows of another type.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
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
    pub fn only<P: Projection<M>>(&self) -> QuerySet<M, P, I>
    where
        R: WholeItems<M>,
    {
        self.parts(P::paths(), P::from_item)
    }

    fn parts<P>(
        &self,
        paths: Vec<Path>,
        decode: impl Fn(&Item) -> Result<P, CodecError> + Send + Sync + 'static,
    ) -> QuerySet<M, P, I> {
        QuerySet::of(self.spec.clone().with_parts(paths), RowDecoder::parts::<M>(decode))
    }
}
