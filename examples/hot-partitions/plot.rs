//! Figures as text.

use crate::simulation::{Figures, Load};

/// Number of writes that one character of the plot stands for.
const WRITES_PER_CHARACTER: u32 = 100;

/// Prints the figures, and a line for every third second.
pub(crate) fn draw(title: &str, load: Load, figures: &Figures) {
    let served: u32 = figures.served.iter().sum();
    let offered = load.writes_per_second * load.seconds;
    println!("{title}: {served} of {offered} writes served in time, {} failed after all retries", figures.failed);
    let waits = [50, 90, 99, 100].map(|part| figures.wait_within(part));
    println!(
        "wait of served writes for retries, ms: p50 {}, p90 {}, p99 {}, longest {}",
        waits[0], waits[1], waits[2], waits[3]
    );
    println!("second  # {WRITES_PER_CHARACTER} writes served, x {WRITES_PER_CHARACTER} attempts throttled");
    for (second, (served, throttled)) in figures.served.iter().zip(&figures.throttled).enumerate().step_by(3) {
        let bar = |mark: &str, count: u32| mark.repeat((count / WRITES_PER_CHARACTER) as usize);
        println!("{second:>6}  {}{}", bar("#", *served), bar("x", *throttled));
    }
    println!();
}
