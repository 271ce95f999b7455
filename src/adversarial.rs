//! The in-memory driver in the adversarial mode.

use djamodb_core::layer::Retry;

use crate::MemoryDriver;

/// Creates an in-memory driver that does at random what DynamoDB may do, to see if a program survives it: eventually consistent reads return an
/// earlier state, entries of global indexes appear late, pages end early, batches are processed in part, and requests are throttled, conflict
/// or fail, also those for tables and streams.
///
/// Like the SDKs for AWS, the driver repeats requests that were refused without effect. The same requests with the same `seed` meet the same
/// trouble, and waits take no real time. [`Adversary`](crate::Adversary) describes the trouble and its probabilities.
/// [`MemoryDriver::without_adversary`] shows the true state of a driver in this mode.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "weather")]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     rain: f64,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Database::new(djamodb::adversarial(7));
/// db.create_table::<Weather>().await?;
/// Weather { location: "Seattle".into(), rain: 10.9 }.save(&db).await?;
/// // The item may not be seen yet, unless the read is consistent.
/// let stored = Weather::objects().set_hash_key("Seattle").consistent().get(&db).await?;
/// assert_eq!(stored.rain, 10.9);
/// # Ok(())
/// # }
/// ```
pub fn adversarial(seed: u64) -> Retry<MemoryDriver> {
    Retry::with_default_policy(MemoryDriver::adversarial(seed))
}
