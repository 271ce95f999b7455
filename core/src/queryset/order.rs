//! In which order a queryset reads.

use super::QuerySet;
use crate::model::{Index, Model, Order};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Reads in ascending order of the range key, or in descending order.
    pub fn set_scan_index_forward(&self, forward: bool) -> Self {
        self.with(|request| request.forward = forward)
    }

    /// Reads in the order of the range key: `order_by(Weather::DATE)`, or `order_by(Weather::DATE.desc())`. DynamoDB has no
    /// other order: another attribute is an error that says what to do.
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.order_by(Weather::DAY.desc()).all(&db).await?), [3, 2, 1]);
    /// assert!(seattle.order_by(Weather::TEMP_MAX).all(&db).await.is_err(), "it says to use sort_in_memory");
    /// # Ok(())
    /// # }
    /// ```
    pub fn order_by(&self, order: impl Into<Order<M>>) -> Self {
        let order = order.into().into_order_by();
        self.with(|request| {
            request.forward = !order.descending;
            request.order = Some(order);
        })
    }

    /// In the opposite order.
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.reverse().set_limit(2).all(&db).await?), [3, 2]);
    /// assert_eq!(days(seattle.reverse().reverse().all(&db).await?), [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reverse(&self) -> Self {
        self.set_scan_index_forward(!self.request().forward)
    }
}
