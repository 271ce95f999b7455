//! Assertion about the plan of a queryset.

use std::fmt::Write as _;

use djamodb_core::queryset::Explainable;

/// Asserts the plan of a queryset: its requests, their index, filters and cost. No database is needed.
///
/// The first argument implements [`Explainable`]: a queryset, a manager, a cursor, or the result of `explain_for` or another
/// `explain_…` method for a terminal method other than `all`. The second argument is the beginning of the output of `explain()`. It
/// must contain at least the whole tree of the plan, and may continue with the cost, the index, the rejected indexes and the
/// warnings. Common indentation and surrounding empty lines are ignored.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// # }
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// djamodb::assert_plan!(
///     seattle.filter(Weather::DAY.gt(9) & Weather::KIND.eq("rain")),
///     r#"
///         Query weather; key condition: location = "Seattle" AND day > 9; filter: kind = "rain"; ascending
///     "#
/// );
/// djamodb::assert_plan!(
///     seattle.explain_for(Terminal::First),
///     r#"
///         Limit 1, pushed down
///           Query weather; key condition: location = "Seattle"; ascending
///         one request: about 0.5 read units, at most 50; index: table (no index was given)
///     "#
/// );
/// ```
///
/// For a queryset that cannot be planned, the expected text is `error: ` followed by the message of the error:
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// djamodb::assert_plan!(
///     Weather::objects(),
///     "error: cannot query the table of Weather: no hash key; call set_hash_key(…), filter `location` with eq or is_in, \
///      or call scan() to read everything"
/// );
/// ```
///
/// The message of a failed assertion contains both texts, marks the first line that differs, and contains the found text as a
/// string literal that can be pasted.
#[macro_export]
macro_rules! assert_plan {
    ($subject:expr, $expected:expr $(,)?) => {
        $crate::plan_assertions::plan(&$subject, $expected)
    };
}

/// Panics if the plan of `subject` does not begin with the expected lines.
#[track_caller]
pub fn plan(subject: &impl Explainable, expected: &str) {
    let (found, needed) = match subject.explained() {
        Ok(explain) => (explain.to_string(), explain.plan.to_string().lines().count()),
        Err(error) => {
            let found = format!("error: {error}");
            let needed = found.lines().count();
            (found, needed)
        }
    };
    let found: Vec<&str> = found.lines().collect();
    let expected = without_indentation(expected);
    let same = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    if same == expected.len() && same >= needed {
        return;
    }
    let difference = if same == expected.len() {
        format!("the expected text ends inside the plan: it has {same} of at least {needed} lines")
    } else if same == found.len() {
        "the plan has fewer lines than the expected text".to_owned()
    } else {
        format!("the plan differs at line {}", same + 1)
    };
    panic!("{difference}\n{}", render_difference(&expected, &found, same));
}

/// Returns the lines of `text` without their common indentation and without surrounding empty lines.
fn without_indentation(text: &str) -> Vec<&str> {
    let is_blank = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().take_while(|line| is_blank(line)).count();
    let last = lines.len() - lines[first..].iter().rev().take_while(|line| is_blank(line)).count();
    let lines = &lines[first..last];
    let spaces = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let indentation = lines.iter().filter(|line| !is_blank(line)).map(spaces).min().unwrap_or(0);
    lines.iter().map(|line| line.get(indentation..).unwrap_or_default()).collect()
}

/// Renders both texts with a mark at line `differs`, and the found text as a raw string literal.
fn render_difference(expected: &[&str], found: &[&str], differs: usize) -> String {
    let mut out = String::new();
    for (title, lines) in [("expected", expected), ("found", found)] {
        let _ = writeln!(out, "{title}:");
        for (at, line) in lines.iter().enumerate() {
            let mark = if at == differs { '>' } else { ' ' };
            let _ = writeln!(out, "  {mark} {line}");
        }
    }
    let text = found.join("\n");
    // The literal needs more `#` than follow any quotation mark in the text.
    let hashes_after_quotes = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let hashes = "#".repeat(hashes_after_quotes.max().unwrap_or(0) + 1);
    let _ =
        write!(out, "if the found plan is right, expect this text or its beginning:\nr{hashes}\"\n{text}\n\"{hashes}");
    out
}
