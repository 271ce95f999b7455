//! Random changes of a text.

use fastrand::Rng;

/// Texts that parsers treat in a special way, or that are at the end of a range.
const FRAGMENTS: [&str; 44] = [
    "",
    "\0",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "{}",
    "[]",
    ":",
    ",",
    ".",
    "-",
    "+",
    "e",
    "E400",
    "0",
    "00",
    "-0",
    "1e",
    "9999999999999999999999999999999999999999",
    "1e-130",
    "1e126",
    "__",
    "__in",
    "?",
    "&",
    "=",
    "%",
    "%FF",
    "/",
    "//",
    "@",
    "#",
    "null",
    "true",
    "é",
    "😀",
    "\u{feff}",
    " ",
    "\n",
];

/// Returns a text with some random changes.
pub(super) fn mutated(text: &str, random: &mut Rng) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(0..6) {
        let at = random.usize(0..=characters.len());
        let end = (at + random.usize(0..4)).min(characters.len());
        match random.u8(0..7) {
            0 => drop(characters.drain(at..end)),
            1 => characters.truncate(at),
            2 => {
                let repeated = characters[at..end].repeat(random.usize(1..200));
                characters.splice(at..end, repeated);
            }
            3 => {
                let nested = if random.bool() { ['[', '{'] } else { ['{', '"'] };
                characters.splice(at..end, nested.repeat(random.usize(1..200)));
            }
            4 => {
                characters.splice(at..end, std::iter::repeat_with(|| random.char(..)).take(2));
            }
            5 if !characters.is_empty() => {
                let other = random.usize(0..characters.len());
                let at = at.min(characters.len() - 1);
                characters.swap(at, other);
            }
            _ => {
                let fragment = FRAGMENTS[random.usize(0..FRAGMENTS.len())];
                characters.splice(at..end, fragment.chars());
            }
        }
    }
    characters.into_iter().collect()
}
