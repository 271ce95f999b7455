//! The size of responses.

use std::ops::RangeInclusive;

/// Default of the maximum size of a response in bytes: 64 MiB, four times the 16 MB of items that the largest response holds, that of
/// [`BatchGetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). As JSON, binary data takes a
/// third more, and each value is written with its type. Only items of very many tiny values take more than four times their size;
/// fewer of them fit into one response then.
pub const DEFAULT_RESPONSE_BYTES_MAX: usize = 64 << 20;

/// Range of the maximum size of a response in bytes: 1 KiB to 1 GiB.
pub const RESPONSE_BYTES_RANGE: RangeInclusive<usize> = 1 << 10..=1 << 30;
