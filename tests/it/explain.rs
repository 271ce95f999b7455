//! What `explain` says of plans that the quickstart does not show. (Its own are in its golden file.)

use djamodb::model::Index;
use djamodb::prelude::*;

use crate::golden;
use crate::models::Event;

fn add<I: Index<Model = Event>>(out: &mut Vec<String>, title: &str, queryset: &QuerySet<Event, I>, terminal: Terminal) {
    let explained = match queryset.explain_for(terminal) {
        Ok(explain) => explain.to_string(),
        Err(error) => format!("error: {error}"),
    };
    out.push(format!("--- {title}\n{explained}\n\n"));
}

#[test]
fn plans_are_explained() {
    let mut out = Vec::new();
    let all = Event::objects().set_hash_key("a");
    let token: LastEvaluatedKey = r#"{"device":{"S":"a"},"at":{"N":"20"}}"#.parse().unwrap();
    add(&mut out, "the whole key is known", &all.filter(Event::AT.eq(1)), Terminal::All);
    add(
        &mut out,
        "the whole key is known, and a filter",
        &all.filter(Event::AT.eq(1) & Event::URGENT.eq(true)),
        Terminal::Get,
    );
    add(
        &mut out,
        "keys, backwards, with what is left to check",
        &all.filter(Event::AT.is_in([3, 1, 2]) & Event::URGENT.eq(true)).set_scan_index_forward(false),
        Terminal::All,
    );
    let one_or_other = Event::DEVICE.eq("a") & Event::AT.lt(5) | Event::DEVICE.eq("b") & Event::URGENT.eq(true);
    add(
        &mut out,
        "each partition keeps its own part of an or",
        &Event::objects().filter(Event::DEVICE.is_in(["a", "b", "c"])).filter(one_or_other),
        Terminal::All,
    );
    add(
        &mut out,
        "many partitions",
        &Event::objects().filter(Event::DEVICE.is_in((0..9).map(|number| number.to_string()))).set_limit(5),
        Terminal::All,
    );
    add(&mut out, "bounds meet", &all.filter(Event::AT.gte(2) & Event::AT.lte(9) & Event::AT.ne(5)), Terminal::Count);
    add(
        &mut out,
        "a range key in an or is checked on this side",
        &all.filter(Event::AT.eq(1) | Event::URGENT.eq(true)).set_limit(2),
        Terminal::All,
    );
    add(
        &mut out,
        "going on after a token, downwards",
        &all.set_last_evaluated_key(token).set_scan_index_forward(false).set_limit(2),
        Terminal::Page,
    );
    add(
        &mut out,
        "an index that holds too little",
        &Event::objects().set_index(Event::BY_OWNER).set_hash_key("me"),
        Terminal::All,
    );
    add(
        &mut out,
        "the same, for what it holds",
        &Event::objects().set_index(Event::BY_OWNER).set_hash_key("me"),
        Terminal::Delete,
    );
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").hydrate();
    add(&mut out, "what an index lacks is fetched", &mine, Terminal::First);
    add(&mut out, "and looked at", &mine.filter(Event::URGENT.eq(true) & Event::AT.gt(3)).set_limit(3), Terminal::All);
    add(&mut out, "and counted", &mine.filter(Event::URGENT.eq(true)), Terminal::Count);
    add(
        &mut out,
        "an index that lacks something is chosen",
        &Event::objects().filter(Event::OWNER.eq("me")).hydrate(),
        Terminal::All,
    );
    add(&mut out, "at a rate", &all.rate_limit(12.5), Terminal::Stream);
    add(
        &mut out,
        "a local index fetches",
        &all.set_index(Event::BY_NOTE).filter(Event::URGENT.eq(true) & Event::NOTE.startswith("x")),
        Terminal::First,
    );
    add(&mut out, "nothing can match", &all.filter(Event::AT.gt(2) & Event::AT.lt(1)), Terminal::All);
    add(&mut out, "no results are wanted", &all.set_limit(0), Terminal::Count);
    add(&mut out, "a lookup is not valid", &all.filter_lookup("at__gte", "soon"), Terminal::All);
    add(&mut out, "no hash key", &Event::kinds().filter(Event::KIND.startswith("d")), Terminal::All);
    add(&mut out, "an index is chosen", &Event::objects().filter(Event::KIND.eq("door")), Terminal::All);
    add(
        &mut out,
        "a sparse index cannot be chosen",
        &Event::objects().filter(Event::SIZE.eq(3)).order_by(Event::AT),
        Terminal::All,
    );
    add(&mut out, "a scan", &Event::objects().scan().filter(Event::URGENT.eq(true)).set_limit(5), Terminal::All);
    add(&mut out, "a scan has no last item", &Event::objects().scan(), Terminal::Last);
    add(&mut out, "consistent", &all.consistent(), Terminal::First);
    add(&mut out, "consistent, of a global index", &Event::kinds().set_hash_key("door").consistent(), Terminal::All);
    add(&mut out, "in the order of the range key", &all.order_by(Event::AT.desc()), Terminal::All);
    add(&mut out, "in the order of a local index", &all.order_by(Event::NOTE), Terminal::All);
    add(&mut out, "in another order", &all.order_by(Event::LEVEL), Terminal::All);
    golden::compare("explain.txt", &out.concat());
}

#[test]
fn a_plan_is_data_too() {
    let doors = Event::kinds().set_hash_key("door").filter(Event::URGENT.eq(true)).set_limit(3);
    let json = serde_json::to_value(doors.explain().unwrap()).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "plan": {
                "operation": "Limit",
                "details": [{"name": "results", "value": "3"}],
                "inputs": [{
                    "operation": "Query",
                    "details": [
                        {"name": "table", "value": "events"},
                        {"name": "index", "value": "by_kind"},
                        {"name": "key condition", "value": "kind = \"door\""},
                        {"name": "filter", "value": "urgent = true"},
                        {"name": "order", "value": "ascending"},
                    ],
                }],
            },
            "cost": {"requests": "pages", "read_units_estimate": null, "read_units_max": 178.0, "consistent": false},
            "index": "by_kind",
            "index_reason": "the manager's index",
            "warnings": [
                "the limit counts results; pages are read in full until there are enough, and what is dropped is paid for too",
            ],
        })
    );
}
