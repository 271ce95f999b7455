//! Generated identifiers, for the option `generate` of `#[derive(Model)]`.
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model, Default)]
//! #[model(table = "orders")]
//! struct Order {
//!     #[model(hash_key, generate = uuid_v7)]
//!     id: Uuid,
//!     total: u32,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let db = djamodb::connect("memory://").await?;
//! # db.create_table::<Order>().await?;
//! let mut order = Order { total: 12, ..Order::default() };
//! order.create(&db).await?;
//! assert_eq!(order.id.get_version_num(), 7);
//! # Ok(())
//! # }
//! ```
//!
//! A function of one's own takes an [`IdSource`] and returns a value of the field's type: `generate = path::to::function`.

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

use crate::driver::Clock;

/// The time and the random bits from which an identifier is generated. They come from the clock of the driver, so that tests on a
/// virtual clock are reproducible.
#[derive(Clone, Copy, Debug)]
pub struct IdSource {
    /// The time of the write.
    pub now: DateTime<Utc>,
    /// Random bits, new for each identifier.
    pub random: u128,
}

impl IdSource {
    pub(super) fn new(now: DateTime<Utc>, clock: &dyn Clock) -> Self {
        Self { now, random: u128::from(clock.seed()) << 64 | u128::from(clock.seed()) }
    }

    /// Returns the milliseconds since 1970, or 0 before.
    fn milliseconds(&self) -> u64 {
        u64::try_from(self.now.timestamp_millis()).unwrap_or(0)
    }

    /// Returns the first ten random bytes.
    fn ten_bytes(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&self.random.to_be_bytes()[..10]);
        bytes
    }
}

/// Returns a UUID of version 7: the time in milliseconds, then random bits. As text, UUIDs of later milliseconds are greater.
///
/// As a hash key its order does not matter; as a range key it orders items by the time of their creation.
pub fn uuid_v7(source: &IdSource) -> Uuid {
    Builder::from_unix_timestamp_millis(source.milliseconds(), &source.ten_bytes()).into_uuid()
}

/// Returns a UUID of version 4: random bits.
pub fn uuid_v4(source: &IdSource) -> Uuid {
    Builder::from_random_bytes(source.random.to_be_bytes()).into_uuid()
}

/// Returns a ULID: the time in milliseconds, then random bits. As text, ULIDs of later milliseconds are greater.
#[cfg(feature = "ulid")]
pub fn ulid(source: &IdSource) -> ulid::Ulid {
    ulid::Ulid::from_parts(source.milliseconds(), source.random)
}
