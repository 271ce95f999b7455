//! Chance on a seed.

use std::sync::atomic::{AtomicU64, Ordering};

/// Random bits on a seed, by SplitMix64.
#[derive(Debug)]
pub(crate) struct Random(AtomicU64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub(crate) fn bits(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// True with this probability.
    #[allow(clippy::cast_precision_loss, reason = "32 bits fit an f64")]
    pub(crate) fn happens(&self, probability: f64) -> bool {
        ((self.bits() >> 32) as f64) < probability * 2_f64.powi(32)
    }

    /// From 0 to `end`, without it.
    pub(crate) fn below(&self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.bits() % end).unwrap_or(0)
    }
}
