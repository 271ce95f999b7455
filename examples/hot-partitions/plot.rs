//! Figures as text.

use crate::simulation::{Figures, Load};

/// Number of writes that one character of the plot stands for.
const WRITES_PER_CHARACTER: u32 = 200;

/// Prints the figures, and a line for every third second.
pub(crate) fn draw(title: &str, load: Load, figures: &Figures) {
    let served: u32 = figures.served.iter().sum();
    let offered = load.writes_per_second * load.seconds;
    println!("{title}: {served} of {offered} writes served in time, {} failed after all retries", figures.failed);
    let at = |part: usize| figures.latencies.get(figures.latencies.len() * part / 100).copied().unwrap_or_default();
    println!("wait for retries of served writes: half {} ms, one in a hundred {} ms", at(50), at(99));
    println!("second  # {WRITES_PER_CHARACTER} writes served, x {WRITES_PER_CHARACTER} attempts throttled");
    for (second, (served, throttled)) in figures.served.iter().zip(&figures.throttled).enumerate().step_by(3) {
        let bar = |mark: &str, count: u32| mark.repeat((count / WRITES_PER_CHARACTER) as usize);
        println!("{second:>6}  {}{}", bar("#", *served), bar("x", *throttled));
    }
    println!();
}
