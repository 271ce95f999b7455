//! The text of `explain` for plans that the quickstart does not print.

use djamodb::model::Index;
use djamodb::prelude::*;
use djamodb::queryset::Explainable;

use crate::golden;
use crate::models::Event;

fn add<I: Index<Model = Event>>(
    out: &mut Vec<String>,
    title: &str,
    queryset: &QuerySet<Event, Event, I>,
    terminal: Terminal,
) {
    append(out, title, &queryset.explain_for(terminal));
}

fn append(out: &mut Vec<String>, title: &str, explained: &impl Explainable) {
    let explained = match explained.explained() {
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
fn write_plans_are_explained() {
    let mut out = Vec::new();
    let all = Event::objects().set_hash_key("a");
    let late_doors = all.filter(Event::AT.gt(9) & Event::KIND.eq("door"));
    add(&mut out, "delete", &late_doors, Terminal::Delete);
    add(&mut out, "delete_checked", &late_doors, Terminal::DeleteChecked);
    add(&mut out, "delete_checked, of which nothing but the key is asked", &all.set_limit(3), Terminal::DeleteChecked);
    add(
        &mut out,
        "delete_checked, through an index",
        &Event::kinds().set_hash_key("door").filter(Event::DEVICE.ne("a")),
        Terminal::DeleteChecked,
    );
    add(
        &mut out,
        "delete_checked, where each key decides a part of the condition",
        &all.filter(Event::AT.lt(9) | Event::URGENT.eq(true)),
        Terminal::DeleteChecked,
    );
    add(&mut out, "nothing to delete", &all.none(), Terminal::Delete);
    let edits = || Event::URGENT.set(true) & Event::LEVEL.add(1.5) & Event::NOTE.remove();
    append(&mut out, "update", &late_doors.explain_update(edits()));
    append(&mut out, "update, of everything", &Event::objects().scan().rate_limit(25.0).explain_update(edits()));
    let twice = late_doors.explain_update(Event::URGENT.set(true) & Event::URGENT.set(false));
    append(&mut out, "update, of one place twice", &twice);
    golden::compare("explain_writes.txt", &out.concat());
}

#[test]
fn plans_by_key_and_by_partition_are_explained() {
    let mut out = Vec::new();
    let urgent = Event::objects().filter(Event::URGENT.eq(true));
    let keys = [("b", 2), ("a", 1), ("b", 2)];
    append(&mut out, "in_bulk", &Event::objects().explain_in_bulk(keys));
    append(&mut out, "in_bulk, with what is left to check", &urgent.explain_in_bulk(keys));
    append(&mut out, "in_bulk, through an index", &Event::kinds().set_hash_key("door").explain_in_bulk(keys));
    append(&mut out, "in_bulk, under a limit", &urgent.set_limit(1).explain_in_bulk(keys));
    append(&mut out, "contains", &urgent.explain_contains(&Event::new("a", 1)));
    append(&mut out, "contains, a key that none can be", &urgent.explain_contains(&Event::new("", 1)));
    let few = Event::objects().filter(Event::DEVICE.is_in(["a", "b"]));
    append(&mut out, "earliest", &few.explain_earliest(Event::AT));
    append(&mut out, "latest, of two parts of each partition", &few.filter(Event::AT.ne(5)).explain_latest(Event::AT));
    let many = Event::objects().filter(Event::DEVICE.is_in((0..9).map(|number| number.to_string())));
    append(&mut out, "latest, of many partitions", &many.filter(Event::URGENT.eq(true)).explain_latest(Event::AT));
    append(&mut out, "earliest, of single items", &few.filter(Event::AT.is_in([1, 2])).explain_earliest(Event::AT));
    append(&mut out, "earliest, of a scan", &Event::objects().scan().explain_earliest(Event::AT));
    append(&mut out, "earliest, in another order", &few.explain_earliest(Event::LEVEL));
    let pages = Event::objects().set_hash_key("a").cursor();
    append(&mut out, "a page for the web", &pages);
    append(&mut out, "the page before another one", &pages.before("a token"));
    append(&mut out, "segments side by side", &urgent.parallel_scan(3));
    golden::compare("explain_by_key.txt", &out.concat());
}

#[test]
fn unions_are_explained() {
    let mut out = Vec::new();
    let all = Event::objects().set_hash_key("a");
    let doors = Event::kinds().set_hash_key("door");
    let both = all.union(&doors);
    append(&mut out, "of the table and an index", &both);
    append(&mut out, "at most so many", &both.set_limit(5));
    append(&mut out, "the first", &both.explain_for(Terminal::First));
    append(&mut out, "how many", &both.set_limit(5).explain_for(Terminal::Count));
    append(&mut out, "whether there is one", &both.explain_for(Terminal::Exists));
    append(&mut out, "of one index", &all.union(&Event::objects().set_hash_key("b")));
    append(&mut out, "some attributes", &both.values((Event::AT, Event::LEVEL)));
    let one = Event::objects().set_hash_key("b").filter(Event::AT.eq(1));
    let noted = Event::objects().scan().filter(Event::NOTE.exists());
    let chosen = Event::objects().filter(Event::KIND.eq("window")).consistent();
    append(&mut out, "of many kinds", &one.union(&noted).union(&all.none()).union(&noted.rate_limit(5.0)));
    append(&mut out, "of which one cannot be planned", &both.union(&chosen));
    append(&mut out, "of an index that is chosen", &both.union(&Event::objects().filter(Event::KIND.eq("window"))));
    append(&mut out, "of nothing", &all.none().union(&doors.none()));
    append(&mut out, "of which nothing is wanted", &both.set_limit(0));
    golden::compare("explain_unions.txt", &out.concat());
}

#[test]
fn an_explanation_is_data() {
    let one_or_other = Event::LEVEL.lt(9) | Event::URGENT.eq(true);
    let doors = Event::objects().filter(Event::KIND.eq("door") & Event::LEVEL.gt(2) & Event::OWNER.exists());
    let json =
        serde_json::to_value(doors.filter(one_or_other).union(&Event::objects().set_hash_key("a")).explain().unwrap());
    let found = serde_json::to_string_pretty(&json.unwrap()).unwrap() + "\n";
    golden::compare("explain.json", &found);
}

#[test]
fn a_plan_serialises() {
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
                    "expressions": {
                        "KeyConditionExpression": "#0 = :0",
                        "FilterExpression": "#1 = :1",
                        "ExpressionAttributeNames": {"#0": "kind", "#1": "urgent"},
                        "ExpressionAttributeValues": {":0": {"S": "door"}, ":1": {"BOOL": true}},
                    },
                }],
            },
            "cost": {"requests": "pages", "read_units_estimate": null, "read_units_max": 178.0, "consistent": false},
            "index": "by_kind",
            "index_reason": "the manager reads this index",
            "warnings": [
                "pages are read in full until enough items match, and items that do not match consume read units, too; an index whose key the lookups name reads less",
            ],
        })
    );
}

#[test]
fn write_plans_show_their_rendered_expressions() {
    let doors = Event::kinds().set_hash_key("door").filter(Event::URGENT.eq(true));
    let explain = doors.explain_update(Event::LEVEL.set(F(Event::LEVEL) + 1)).unwrap();
    assert_eq!(
        serde_json::to_value(explain.plan.expressions).unwrap(),
        serde_json::json!({
            "UpdateExpression": "SET #0 = #0 + :0",
            "ConditionExpression": "attribute_exists(#1) AND (#2 = :1 AND #3 = :2 AND attribute_exists(#0))",
            "ExpressionAttributeNames": {"#0": "level", "#1": "device", "#2": "urgent", "#3": "kind"},
            "ExpressionAttributeValues": {":0": {"N": "1"}, ":1": {"BOOL": true}, ":2": {"S": "door"}},
        })
    );
}
