//! Figures as a drawing in SVG.

use std::fmt::Write as _;

use crate::simulation::Figures;

/// Sizes in pixels: of one second, of one plot, and of the margin around each.
const SECOND: usize = 20;
const HEIGHT: u32 = 200;
const MARGIN: usize = 30;

/// Returns a drawing with a plot for each simulation: a column for each second, with the throttled attempts above the served writes.
pub(crate) fn drawing(plots: &[(&str, &Figures)]) -> String {
    let seconds = plots.iter().map(|(_, figures)| figures.served.len()).max().unwrap_or_default();
    let most = plots.iter().flat_map(|(_, figures)| columns(figures)).map(|(served, throttled)| served + throttled);
    let most = most.max().unwrap_or_default().max(1);
    let part = HEIGHT as usize + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"sans-serif\" font-size=\"12\">\n",
        seconds * SECOND + 2 * MARGIN,
        plots.len() * part
    );
    for (row, (title, figures)) in plots.iter().enumerate() {
        let bottom = (row + 1) * part - MARGIN;
        let top = row * part + MARGIN / 2;
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{top}\">{title}: writes served (blue), attempts throttled (red)</text>"
        );
        for (second, (served, throttled)) in columns(figures).enumerate() {
            let (x, width) = (MARGIN + second * SECOND, SECOND - 2);
            let mut y = bottom;
            for (count, colour) in [(served, "steelblue"), (throttled, "firebrick")] {
                let height = (count * HEIGHT / most) as usize;
                y -= height;
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
                );
            }
        }
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{}\">0 to {seconds} seconds; at most {most}</text>",
            bottom + MARGIN / 2
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn columns(figures: &Figures) -> impl Iterator<Item = (u32, u32)> {
    figures.served.iter().copied().zip(figures.throttled.iter().copied())
}
