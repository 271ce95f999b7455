//! `assert_plan!`: accepted texts and the messages of failures.

use std::panic::{AssertUnwindSafe, catch_unwind};

use djamodb::assert_plan;
use djamodb::prelude::*;
use djamodb::queryset::Explainable;

use crate::models::Event;

/// Returns the message of the failed assertion.
fn message(subject: &impl Explainable, expected: &str) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| assert_plan!(subject, expected))).unwrap_err();
    *panic.downcast::<String>().expect("the message is formatted")
}

fn late_doors() -> QuerySet<Event> {
    Event::objects().set_hash_key("a").filter(Event::AT.gt(9) & Event::KIND.eq("door")).set_limit(2)
}

#[test]
fn the_tree_of_a_plan_suffices_and_its_cost_may_follow() {
    assert_plan!(
        late_doors(),
        r#"
            Limit 2
              Query events; key condition: device = "a" AND at > 9; filter: kind = "door"; ascending
        "#
    );
    assert_plan!(
        &late_doors(),
        "Limit 2
  Query events; key condition: device = \"a\" AND at > 9; filter: kind = \"door\"; ascending
one request per page, each 0.5 read units per 4 KB read, at most 178; index: table (no index was given)"
    );
    assert_plan!(late_doors(), &late_doors().explain().unwrap().to_string(),);
}

#[test]
fn every_explainable_value_is_accepted() {
    let all = Event::objects().set_hash_key("a");
    assert_plan!(all.none(), "Empty result: none() was called");
    assert_plan!(all.none().explain().unwrap(), "Empty result: none() was called\nno request");
    assert_plan!(all.none().explain_for(Terminal::Delete), "Keys\n  Empty result: none() was called");
    assert_plan!(all.none().values(Event::AT), "Empty result: none() was called");
    assert_plan!(
        all.none().sort_in_memory(Event::LEVEL),
        "Sort in memory by level, ascending\n  Empty result: none() was called"
    );
    assert_plan!(all.filter(Event::AT.eq(1)).cursor(), "Limit 26\n  GetItem events; key: at = 1, device = \"a\"");
    assert_plan!(
        all.none().union(&Event::kinds().none()),
        "
        Union distinct by: device, at
          Empty result: none() was called
          Empty result: none() was called
        "
    );
    assert_plan!(all.parallel_scan(1), "Concurrently\n  Query events; key condition: device = \"a\"; ascending");
    let twice = all.explain_update(Event::URGENT.set(true) & Event::URGENT.set(false));
    let error = twice.clone().unwrap_err();
    assert_plan!(twice, &format!("error: {error}"));
    let error = Event::objects().explain().unwrap_err();
    assert_plan!(Event::objects(), &format!("error: {error}"));
}

#[test]
fn the_differing_line_is_marked_and_the_found_text_can_be_pasted() {
    let expected = r#"
        Limit 2
          Query events; key condition: device = "a" AND at >= 9; filter: kind = "door"; ascending
    "#;
    assert_eq!(
        message(&late_doors(), expected),
        r##"the plan differs at line 2
expected:
    Limit 2
  >   Query events; key condition: device = "a" AND at >= 9; filter: kind = "door"; ascending
found:
    Limit 2
  >   Query events; key condition: device = "a" AND at > 9; filter: kind = "door"; ascending
    one request per page, each 0.5 read units per 4 KB read, at most 178; index: table (no index was given)
    warning: pages are read in full until enough items match, and items that do not match consume read units, too; an index whose key the lookups name reads less
if the found plan is right, expect this text or its beginning:
r#"
Limit 2
  Query events; key condition: device = "a" AND at > 9; filter: kind = "door"; ascending
one request per page, each 0.5 read units per 4 KB read, at most 178; index: table (no index was given)
warning: pages are read in full until enough items match, and items that do not match consume read units, too; an index whose key the lookups name reads less
"#"##
    );
}

#[test]
fn a_text_that_omits_a_line_of_the_plan_is_refused() {
    let nothing = message(&late_doors(), "");
    assert!(
        nothing.starts_with(
            "the expected text ends inside the plan: it has 0 of at least 2 lines\nexpected:\nfound:\n  > Limit 2\n"
        ),
        "{nothing}"
    );
    let partial = message(&late_doors(), "  Limit 2\n");
    assert!(partial.starts_with("the expected text ends inside the plan: it has 1 of at least 2 lines\n"), "{partial}");
}

#[test]
fn a_text_that_is_longer_than_the_plan_is_refused() {
    let more = format!("{}\nwarning: something else", late_doors().none().explain().unwrap());
    assert_eq!(
        message(&late_doors().none(), &more),
        r##"the plan has fewer lines than the expected text
expected:
    Empty result: none() was called
    no request
  > warning: something else
found:
    Empty result: none() was called
    no request
if the found plan is right, expect this text or its beginning:
r#"
Empty result: none() was called
no request
"#"##
    );
}

#[test]
fn a_plan_error_is_shown() {
    let error = message(&Event::kinds(), "Query events");
    assert!(error.starts_with("the plan differs at line 1\nexpected:\n  > Query events\nfound:\n  > error: cannot query index `by_kind` of Event: no hash key;"), "{error}");
}

/// A raw string literal needs more `#` than any sequence of them in the text.
#[test]
fn the_found_text_is_a_valid_literal() {
    let odd = Event::objects().set_hash_key("a\"##");
    let message = message(&odd, "");
    assert!(message.contains("\nr###\"\nQuery events; key condition: device = \"a\\\"##\"; ascending\n"), "{message}");
    assert!(message.ends_with("\n\"###"), "{message}");
}

#[test]
#[should_panic(expected = "the plan differs at line 1")]
fn a_differing_plan_panics() {
    assert_plan!(late_doors(), "Query events");
}
