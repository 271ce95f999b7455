//! What the assertion on a plan calls.

use std::fmt::Write as _;

use djamodb_core::queryset::Explainable;

/// Asserts what a queryset would do, without any database: what it asks, of which index, with which filters, at which cost.
///
/// The first argument is any [`Explainable`]: a queryset, a manager or a cursor; for another method than `all`, what
/// `explain_for` or one of the other `explain_…` methods gives. The second is the beginning of what its `explain()` prints: the
/// whole tree of the plan at least, and as much of what follows (the cost and the index, why no other index, the warnings) as the
/// test is to hold. What all its lines are indented by does not count, and neither do empty lines around it.
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
/// Of what cannot be planned, it is the error's text after `error: `:
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
/// The message of a failed assertion shows both, marks the first line that differs, and gives what is found as it can be pasted.
#[macro_export]
macro_rules! assert_plan {
    ($subject:expr, $expected:expr $(,)?) => {
        $crate::plan_assertions::plan(&$subject, $expected)
    };
}

/// Panics unless the subject's plan begins with the expected lines.
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
    let what = if same == expected.len() {
        format!("the expected text ends inside the plan: it has {same} of at least {needed} lines")
    } else if same == found.len() {
        "the plan has fewer lines than the expected text".to_owned()
    } else {
        format!("the plan differs at line {}", same + 1)
    };
    panic!("{what}\n{}", compared(&expected, &found, same));
}

/// The lines without what all of them are indented by, and without empty lines around them.
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

/// Both texts, the first line that differs marked, and what is found as a literal.
fn compared(expected: &[&str], found: &[&str], differs: usize) -> String {
    let mut out = String::new();
    for (title, lines) in [("expected", expected), ("found", found)] {
        let _ = writeln!(out, "{title}:");
        for (at, line) in lines.iter().enumerate() {
            let mark = if at == differs { '>' } else { ' ' };
            let _ = writeln!(out, "  {mark} {line}");
        }
    }
    let text = found.join("\n");
    // A raw string ends at a quotation mark with as many of these as it began with.
    let after_marks = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let hashes = "#".repeat(after_marks.max().unwrap_or(0) + 1);
    let _ = write!(out, "if what is found is right, expect this, or its beginning:\nr{hashes}\"\n{text}\n\"{hashes}");
    out
}
