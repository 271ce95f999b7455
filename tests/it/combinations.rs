//! Every pair of queryset options: it works in both orders, or it is refused before any request.
//!
//! The table in `docs/QUERYSETS.md` is compared with this one. `UPDATE_EXPECT=1 cargo test --test it combinations` rewrites it.

use std::fmt::Write as _;
use std::path::Path;

use djamodb::Error;
use djamodb::planner::Explain;
use djamodb::prelude::*;
use djamodb::queryset::Cursor;
use expect_test::expect_file;

use crate::models::{Event, database};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Opt {
    Values,
    Only,
    Hydrate,
    Scan,
    ParallelScan,
    Union,
    SortInMemory,
    Cursor,
    RateLimit,
    SetLimit,
    Consistent,
    Reverse,
}

use Opt::{Consistent, Hydrate, Only, ParallelScan, RateLimit, Reverse, Scan, SetLimit, SortInMemory, Union, Values};

const OPTIONS: [Opt; 12] = [
    Values,
    Only,
    Hydrate,
    Scan,
    ParallelScan,
    Union,
    SortInMemory,
    Opt::Cursor,
    RateLimit,
    SetLimit,
    Consistent,
    Reverse,
];

impl Opt {
    fn name(self) -> &'static str {
        match self {
            Values => "values",
            Only => "only",
            Hydrate => "hydrate",
            Scan => "scan",
            ParallelScan => "parallel_scan",
            Union => "union",
            SortInMemory => "sort_in_memory",
            Opt::Cursor => "cursor",
            RateLimit => "rate_limit",
            SetLimit => "set_limit",
            Consistent => "consistent",
            Reverse => "reverse",
        }
    }
}

/// The result of a pair, in one order.
#[derive(Clone, Copy, Debug)]
enum Expected {
    /// These events, in this order.
    InOrder(&'static [i64]),
    /// These events, in any order.
    InAnyOrder(&'static [i64]),
    /// This many events, each once.
    Count(usize),
    /// An error with this in its message.
    Refused(&'static str),
    /// No such method: the compile-fail test `derive/tests/ui/fail/rows_of_values/….rs` shows the error.
    DoesNotCompile(&'static str),
    /// A cursor has no builder methods but `values` and `only`.
    NoSuchMethodOfCursors,
}

use Expected::{Count, DoesNotCompile, InAnyOrder, InOrder, NoSuchMethodOfCursors, Refused};

struct Pair {
    options: [Opt; 2],
    /// The results of the options in this order, and in the opposite order.
    expected: [Expected; 2],
    /// The difference between the two orders, if there is one.
    note: Option<&'static str>,
}

const fn pair(one: Opt, other: Opt, expected: Expected) -> Pair {
    Pair { options: [one, other], expected: [expected, expected], note: None }
}

/// An option that is set before `cursor`.
const fn then_cursor(option: Opt, expected: Expected) -> Pair {
    Pair { options: [Opt::Cursor, option], expected: [NoSuchMethodOfCursors, expected], note: None }
}

impl Pair {
    /// The result of the opposite order.
    const fn otherwise(mut self, expected: Expected, note: &'static str) -> Self {
        self.expected[1] = expected;
        self.note = Some(note);
        self
    }

    /// Adds an explanation to the table's note.
    const fn noted(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }

    /// A cursor is the last builder method of the two.
    const fn cursor_last(mut self) -> Self {
        self.expected[1] = NoSuchMethodOfCursors;
        self
    }
}

const DEVICE: &[i64] = &[1, 2, 3, 4, 5, 6];
const REVERSED: &[i64] = &[6, 5, 4, 3, 2, 1];
const SORTED: &[i64] = &[4, 5, 6, 1, 3, 2];
const ALL: &[i64] = &[1, 2, 3, 4, 5, 6, 7];
const ALL_SORTED: &[i64] = &[7, 4, 5, 6, 1, 3, 2];
const MINE: &[i64] = &[1, 3, 5, 7];
const MINE_SORTED: &[i64] = &[7, 5, 1, 3];
const SCAN_HAS_NO_ORDER: &str =
    "cannot order or reverse a scan of Event: a scan has no order; set a hash key, or use sort_in_memory(…)";

const PAIRS: &[Pair] = &[
    pair(Values, Only, DoesNotCompile("values_then_only"))
        .otherwise(DoesNotCompile("only_then_values"), "a queryset has one type of rows"),
    pair(Values, Hydrate, InAnyOrder(MINE)),
    pair(Values, Scan, InAnyOrder(ALL)),
    pair(Values, ParallelScan, InAnyOrder(ALL)),
    pair(Values, Union, InOrder(ALL)),
    pair(Values, SortInMemory, InOrder(SORTED)),
    pair(Values, Opt::Cursor, InOrder(DEVICE)),
    pair(Values, RateLimit, InOrder(DEVICE)),
    pair(Values, SetLimit, InOrder(&[1, 2])),
    pair(Values, Consistent, InOrder(DEVICE)),
    pair(Values, Reverse, InOrder(REVERSED)),
    pair(Only, Hydrate, InAnyOrder(MINE)),
    pair(Only, Scan, InAnyOrder(ALL)),
    pair(Only, ParallelScan, InAnyOrder(ALL)),
    pair(Only, Union, InOrder(ALL)),
    pair(Only, SortInMemory, InOrder(SORTED)),
    pair(Only, Opt::Cursor, InOrder(DEVICE)),
    pair(Only, RateLimit, InOrder(DEVICE)),
    pair(Only, SetLimit, InOrder(&[1, 2])),
    pair(Only, Consistent, InOrder(DEVICE)),
    pair(Only, Reverse, InOrder(REVERSED)),
    pair(Hydrate, Scan, InAnyOrder(MINE)),
    pair(Hydrate, ParallelScan, InAnyOrder(MINE)),
    pair(Hydrate, Union, InAnyOrder(MINE)),
    pair(Hydrate, SortInMemory, InOrder(MINE_SORTED)),
    pair(Hydrate, Opt::Cursor, InAnyOrder(MINE)).cursor_last(),
    pair(Hydrate, RateLimit, InAnyOrder(MINE)),
    pair(Hydrate, SetLimit, Count(2)),
    pair(
        Hydrate,
        Consistent,
        Refused("index `by_owner` is not chosen because it is a global index, and the read is consistent"),
    )
    .noted("a global index, which is what `hydrate` is for, cannot be read consistently"),
    pair(Hydrate, Reverse, InAnyOrder(MINE)),
    pair(Scan, ParallelScan, InAnyOrder(ALL)),
    pair(Scan, Union, InAnyOrder(ALL)),
    pair(Scan, SortInMemory, InOrder(ALL_SORTED)),
    pair(Scan, Opt::Cursor, InAnyOrder(ALL)).cursor_last(),
    pair(Scan, RateLimit, InAnyOrder(ALL)),
    pair(Scan, SetLimit, Count(2)),
    pair(Scan, Consistent, InAnyOrder(ALL)),
    pair(Scan, Reverse, Refused(SCAN_HAS_NO_ORDER)),
    pair(ParallelScan, Union, InAnyOrder(ALL)),
    pair(ParallelScan, SortInMemory, InOrder(ALL_SORTED)),
    pair(
        ParallelScan,
        Opt::Cursor,
        Refused(
            "cannot combine parallel_scan with cursor on Event: each segment has a page token of its own; \
             read pages of each queryset that segments() returns, or use scan()",
        ),
    )
    .cursor_last(),
    pair(ParallelScan, RateLimit, InAnyOrder(ALL)),
    pair(ParallelScan, SetLimit, Count(2)),
    pair(ParallelScan, Consistent, InAnyOrder(ALL)),
    pair(ParallelScan, Reverse, Refused(SCAN_HAS_NO_ORDER)),
    pair(Union, SortInMemory, InOrder(ALL_SORTED))
        .otherwise(InOrder(&[4, 5, 6, 1, 3, 2, 7]), "each queryset of a union keeps its own order; `sort_in_memory` after `union` sorts the whole"),
    pair(
        Union,
        Opt::Cursor,
        Refused(
            "cannot combine union with cursor on Event: a page token would have to hold the keys of all items that were \
             returned before; use stream(), or one queryset with filter(one | other), which has pages",
        ),
    )
    .cursor_last(),
    pair(Union, RateLimit, InOrder(ALL)),
    pair(Union, SetLimit, InOrder(&[1, 2]))
        .otherwise(InOrder(&[1, 2, 7]), "each queryset of a union keeps its own limit; `set_limit` after `union` is the limit of the whole"),
    pair(Union, Consistent, InOrder(ALL)),
    pair(
        Union,
        Reverse,
        Refused(
            "cannot combine union with reverse on Event: its querysets are read one after the other; \
             use sort_in_memory(…), or reverse the querysets before union()",
        ),
    )
    .otherwise(InOrder(&[6, 5, 4, 3, 2, 1, 7]), "each queryset of a union keeps its own order; the union as a whole has none that could be reversed"),
    pair(
        SortInMemory,
        Opt::Cursor,
        Refused(
            "cannot combine sort_in_memory with cursor on Event: everything is read before the first item is known, so that \
             there are no pages; use all() or stream() with set_limit, or order_by with an index that has this range key",
        ),
    )
    .cursor_last(),
    pair(SortInMemory, RateLimit, InOrder(SORTED)),
    pair(SortInMemory, SetLimit, InOrder(&[4, 5])),
    pair(SortInMemory, Consistent, InOrder(SORTED)),
    pair(SortInMemory, Reverse, InOrder(&[2, 3, 1, 6, 5, 4]))
        .otherwise(InOrder(SORTED), "the order that is set last counts: `reverse` before `sort_in_memory` is replaced by it"),
    then_cursor(RateLimit, InOrder(DEVICE)),
    then_cursor(SetLimit, InOrder(DEVICE)),
    then_cursor(Consistent, InOrder(DEVICE)),
    then_cursor(Reverse, InOrder(REVERSED)),
    pair(RateLimit, SetLimit, InOrder(&[1, 2])),
    pair(RateLimit, Consistent, InOrder(DEVICE)),
    pair(RateLimit, Reverse, InOrder(REVERSED)),
    pair(SetLimit, Consistent, InOrder(&[1, 2])),
    pair(SetLimit, Reverse, InOrder(&[6, 5])),
    pair(Consistent, Reverse, InOrder(REVERSED)),
];

/// Parts of an event, of which the index by owner lacks the level.
#[derive(Projection, Clone, Debug, PartialEq)]
#[projection(model = crate::models::Event)]
struct TimeAndLevel {
    at: i64,
    level: f64,
}

/// Six events of device `a` and one of device `b`; every second one is mine.
async fn events() -> Database {
    let db = database().await;
    for (at, level) in [(1, 3.0), (2, 1.0), (3, 2.0), (4, 6.0), (5, 5.0), (6, 4.0), (7, 9.0)] {
        let mut event = Event::new(if at < 7 { "a" } else { "b" }, at);
        event.level = level;
        event.owner = Some(if at % 2 == 1 { "me" } else { "you" }.to_owned());
        event.save(&db).await.unwrap();
    }
    db
}

/// The queryset before the two options are set.
fn start(options: [Opt; 2]) -> QuerySet<Event> {
    let objects = Event::objects();
    if options.contains(&Hydrate) {
        // The index by owner holds nothing but keys.
        return objects.filter(Event::OWNER.eq("me"));
    }
    if options.contains(&Scan) || options.contains(&ParallelScan) {
        return objects.queryset();
    }
    objects.set_hash_key("a")
}

/// A queryset or a cursor of any type of rows.
enum Subject {
    Models(QuerySet<Event>),
    Tuples(QuerySet<Event, (i64, f64)>),
    Structs(QuerySet<Event, TimeAndLevel>),
    ModelCursor(Cursor<Event>),
    TupleCursor(Cursor<Event, (i64, f64)>),
    StructCursor(Cursor<Event, TimeAndLevel>),
}

use Subject::{ModelCursor, Models, StructCursor, Structs, TupleCursor, Tuples};

impl Subject {
    /// Sets an option; `None` where there is no such method.
    fn set(self, option: Opt) -> Option<Self> {
        let other = Event::objects().set_hash_key("b");
        let attributes = (Event::AT, Event::LEVEL);
        Some(match (self, option) {
            (ModelCursor(cursor), Values) => TupleCursor(cursor.values(attributes)),
            (ModelCursor(cursor), Only) => StructCursor(cursor.only()),
            (Tuples(_) | Structs(_), Values | Only) | (ModelCursor(_) | TupleCursor(_) | StructCursor(_), _) => {
                return None;
            }
            (Models(queryset), Values) => Tuples(queryset.values(attributes)),
            (Models(queryset), Only) => Structs(queryset.only()),
            (Models(queryset), Opt::Cursor) => ModelCursor(queryset.cursor()),
            (Models(queryset), option) => Models(set(&queryset, option, &other)),
            (Tuples(queryset), Opt::Cursor) => TupleCursor(queryset.cursor()),
            (Tuples(queryset), option) => Tuples(set(&queryset, option, &other.values(attributes))),
            (Structs(queryset), Opt::Cursor) => StructCursor(queryset.cursor()),
            (Structs(queryset), option) => Structs(set(&queryset, option, &other.only())),
        })
    }

    /// Reads the events' times in every way that the subject has.
    async fn read(self, db: &Database) -> Result<Vec<i64>, Error> {
        match self {
            Models(queryset) => read_all(queryset, db).await,
            Tuples(queryset) => read_all(queryset, db).await,
            Structs(queryset) => read_all(queryset, db).await,
            ModelCursor(cursor) => read_pages(cursor, db).await,
            TupleCursor(cursor) => read_pages(cursor, db).await,
            StructCursor(cursor) => read_pages(cursor, db).await,
        }
    }

    fn explain(&self) -> Result<Explain, djamodb::planner::PlanError> {
        match self {
            Models(queryset) => queryset.explain(),
            Tuples(queryset) => queryset.explain(),
            Structs(queryset) => queryset.explain(),
            ModelCursor(cursor) => cursor.explain(),
            TupleCursor(cursor) => cursor.explain(),
            StructCursor(cursor) => cursor.explain(),
        }
    }
}

fn set<R>(queryset: &QuerySet<Event, R>, option: Opt, other: &QuerySet<Event, R>) -> QuerySet<Event, R> {
    match option {
        Hydrate => queryset.hydrate(),
        Scan => queryset.scan(),
        ParallelScan => queryset.parallel_scan(3),
        Union => queryset.union(other),
        SortInMemory => queryset.sort_in_memory(Event::LEVEL.desc()),
        RateLimit => queryset.rate_limit(1000.0),
        SetLimit => queryset.set_limit(2),
        Consistent => queryset.consistent(),
        Reverse => queryset.reverse(),
        Values | Only | Opt::Cursor => unreachable!("these change the type"),
    }
}

trait Row {
    fn time(&self) -> i64;
}

impl Row for Event {
    fn time(&self) -> i64 {
        self.at
    }
}

impl Row for (i64, f64) {
    fn time(&self) -> i64 {
        self.0
    }
}

impl Row for TimeAndLevel {
    fn time(&self) -> i64 {
        self.at
    }
}

async fn read_all<R: Row + 'static>(queryset: QuerySet<Event, R>, db: &Database) -> Result<Vec<i64>, Error> {
    let times: Vec<i64> = queryset.all(db).await?.iter().map(Row::time).collect();
    let streamed = queryset.stream(db).try_collect::<Vec<_>>().await?.len();
    let (count, exists) = (queryset.count(db).await?, queryset.exists(db).await?);
    assert_eq!((times.len(), times.len() as u64, !times.is_empty()), (streamed, count, exists), "{queryset:?}");
    Ok(times)
}

async fn read_pages<R: Row + 'static>(cursor: Cursor<Event, R>, db: &Database) -> Result<Vec<i64>, Error> {
    let mut page = cursor.page(db).await?;
    let mut times: Vec<i64> = page.items.iter().map(Row::time).collect();
    while let Some(token) = page.next {
        page = cursor.after(token).page(db).await?;
        times.extend(page.items.iter().map(Row::time));
    }
    Ok(times)
}

/// The difference between what is expected of the options in this order and what happens, if there is one.
async fn difference(start: QuerySet<Event>, options: [Opt; 2], expected: Expected, db: &Database) -> Option<String> {
    let subject = Models(start).set(options[0]).and_then(|subject| subject.set(options[1]));
    let Some(subject) = subject else {
        let is_expected = matches!(expected, DoesNotCompile(_) | NoSuchMethodOfCursors);
        return (!is_expected).then(|| "there is no such method".to_owned());
    };
    let explained = subject.explain().map_err(|error| error.to_string());
    let (db, ledger) = db.with_ledger();
    let found = subject.read(&db).await.map_err(|error| error.to_string());
    let is_expected = match (&found, expected) {
        (Ok(times), InOrder(expected)) => times == expected,
        (Ok(times), InAnyOrder(expected)) => sorted(times) == expected,
        (Ok(times), Count(count)) => times.len() == count && times.iter().all(|at| ALL.contains(at)),
        (Err(error), Refused(message)) => {
            error.contains(message) && ledger.requests() == 0 && explained.as_ref() == Err(error)
        }
        _ => false,
    };
    (!is_expected).then(|| format!("{found:?} after {} requests, explained as {explained:?}", ledger.requests()))
}

fn sorted(times: &[i64]) -> Vec<i64> {
    let mut times = times.to_vec();
    times.sort_unstable();
    times
}

#[tokio::test]
async fn every_pair_does_what_the_table_says() {
    let db = events().await;
    let mut differences = String::new();
    for pair in PAIRS {
        let [one, other] = pair.options;
        for (options, expected) in [([one, other], pair.expected[0]), ([other, one], pair.expected[1])] {
            if let Some(found) = difference(start(pair.options), options, expected, &db).await {
                let _ = writeln!(differences, "{options:?}: {expected:?} is expected, and found is {found}");
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn each_pair_of_options_is_listed_once() {
    let mut listed: Vec<[Opt; 2]> = PAIRS.iter().map(|pair| pair.options).collect();
    let position = |option: Opt| OPTIONS.iter().position(|other| *other == option);
    listed.sort_by_key(|[one, other]| (position(*one), position(*other)));
    let all = OPTIONS.iter().enumerate().flat_map(|(at, one)| OPTIONS[at + 1..].iter().map(|other| [*one, *other]));
    assert_eq!(listed, all.collect::<Vec<_>>());
}

#[test]
fn pairs_that_do_not_compile_have_a_compile_fail_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("derive/tests/ui/fail/rows_of_values");
    for pair in PAIRS {
        for expected in pair.expected {
            let DoesNotCompile(name) = expected else { continue };
            let error = std::fs::read_to_string(folder.join(name).with_extension("stderr")).expect(name);
            assert!(error.contains("the rows of this queryset are"), "{error}");
        }
    }
}

/// The table and its notes, as Markdown.
fn page_section() -> String {
    let (mut rows, mut notes) = (String::new(), Vec::new());
    for (at, row) in OPTIONS.iter().enumerate() {
        let _ = write!(rows, "| `{}` |", row.name());
        for column in &OPTIONS[..OPTIONS.len() - 1] {
            let column_at = OPTIONS.iter().position(|option| option == column).unwrap_or_default();
            let cell = if column_at < at { cell(*column, *row, &mut notes) } else { String::new() };
            let _ = write!(rows, " {cell} |");
        }
        rows.push('\n');
    }
    let names = OPTIONS[..OPTIONS.len() - 1].iter().map(|option| format!(" `{}` |", option.name()));
    let mut section = format!("| |{}\n|---|{}\n{rows}\n", names.collect::<String>(), "---|".repeat(OPTIONS.len() - 1));
    for (number, note) in notes.iter().enumerate() {
        let _ = writeln!(section, "{}. {note}", number + 1);
    }
    section
}

/// The cell of one pair; a note explains what is more than yes.
fn cell(one: Opt, other: Opt, notes: &mut Vec<String>) -> String {
    let pair = PAIRS.iter().find(|pair| pair.options == [one, other]).expect("every pair is listed");
    let works = |expected: Expected| matches!(expected, InOrder(_) | InAnyOrder(_) | Count(_));
    let refusal = pair.expected.iter().find_map(|expected| match expected {
        Refused(message) => Some(format!("refused: \u{201c}{message}\u{201d}")),
        DoesNotCompile(_) => Some("does not compile".to_owned()),
        _ => None,
    });
    let why = pair.note.map(str::to_owned);
    let text: Vec<String> = refusal.clone().into_iter().chain(why).collect();
    let word = if !pair.expected.iter().copied().any(works) {
        "no"
    } else if refusal.is_some() {
        "one order"
    } else {
        "yes"
    };
    if text.is_empty() {
        return word.to_owned();
    }
    notes.push(format!("`{}` and `{}`: {}.", one.name(), other.name(), text.join("; ")));
    format!("{word} ({})", notes.len())
}

#[test]
fn the_page_shows_the_table() {
    const BEGIN: &str = "<!-- combinations: begin -->\n";
    const END: &str = "<!-- combinations: end -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/QUERYSETS.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (before, rest) = page.split_once(BEGIN).expect("the page has the first marker");
    let (_, after) = rest.split_once(END).expect("the page has the second marker");
    expect_file![&path].assert_eq(&format!("{before}{BEGIN}{}{END}{after}", page_section()));
}
