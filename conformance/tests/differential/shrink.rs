//! Reduction of an episode to the operations that a difference needs.

use crate::episode::{Drivers, Episode};
use crate::known::Known;

/// Number of runs that a reduction may make.
const RUNS_MAX: usize = 200;

/// Returns a description of the difference at an operation of the episode, with as few operations before it as were found.
///
/// # Errors
///
/// Returns the errors of [`Episode::run`].
pub(crate) async fn shrink(
    drivers: &Drivers,
    episode: &Episode,
    (at, mut difference): (usize, String),
    known: &mut Known,
) -> Result<String, String> {
    let mut ops = episode.ops[..=at].to_vec();
    let (mut runs, mut size) = (0, ops.len() / 2);
    while size > 0 {
        let mut start = 0;
        while start + 1 < ops.len() && runs < RUNS_MAX {
            // The last operation is the one that differs.
            let end = (start + size).min(ops.len() - 1);
            let mut fewer = ops.clone();
            fewer.drain(start..end);
            runs += 1;
            let run = Episode { ops: fewer.clone(), ..episode.clone() }.run(drivers, known).await?;
            match run.differs_at {
                Some((at, found)) => {
                    fewer.truncate(at + 1);
                    (ops, difference) = (fewer, found);
                }
                None => start = end,
            }
        }
        size /= 2;
    }
    let mut text = format!("seed {}: {difference}\n  table: {:?}", episode.seed, episode.schema);
    for op in &ops {
        let shown = format!("{op:?}");
        let start: String = shown.chars().take(2_000).collect();
        text.push_str("\n  ");
        text.push_str(&start);
    }
    Ok(text + "\n")
}
