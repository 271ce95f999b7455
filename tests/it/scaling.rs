//! The arithmetic of `docs/SCALING.md` is that of `explain`, the ledger and the example `hot-partitions`.
//!
//! `UPDATE_EXPECT=1 cargo test --test it scaling` rewrites the page's tables.

use std::path::{Path, PathBuf};

use djamodb::prelude::*;
use djamodb::service::CapacityUnits;
use djamodb::service::limits::PAGE_BYTES_MAX;
use djamodb::{Ledger, MemoryDriver, Transaction};
use expect_test::expect_file;

use crate::examples::example;

/// Prices in dollars at the time of writing, in us-east-1: of a million units on demand, of an hour of a provisioned unit, of a GB for a month.
const WRITE_MILLION: f64 = 0.625;
const READ_MILLION: f64 = 0.125;
const WRITE_HOUR: f64 = 0.00065;
const GB_MONTH: f64 = 0.25;
const HOURS_PER_MONTH: f64 = 730.0;

/// The load of the page: writes of items of 1 KB per second, and the size of the table.
const WRITES_PER_SECOND: f64 = 3_000.0;
const TABLE_GB: usize = 50;

/// Units per second that one partition serves, and GB that it holds.
const PARTITION_READS: f64 = 3_000.0;
const PARTITION_GB: f64 = 10.0;

/// An observation without an index.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "scaling_plain")]
struct Plain {
    #[model(hash_key)]
    kind: String,
    #[model(range_key)]
    number: u32,
    station: String,
    text: String,
}

/// The same with a global index that projects everything.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "scaling_indexed", global_index(by_station, hash_key = station, range_key = number))]
struct Indexed {
    #[model(hash_key)]
    kind: String,
    #[model(range_key)]
    number: u32,
    station: String,
    text: String,
}

/// The same with a global index of keys only.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(
    table = "scaling_keys_only",
    global_index(by_station, hash_key = station, range_key = number, projection = keys_only)
)]
struct KeysOnly {
    #[model(hash_key)]
    kind: String,
    #[model(range_key)]
    number: u32,
    station: String,
    text: String,
}

/// The same with a shard beside the kind.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "scaling_sharded", hash_key(pk = "{kind}#{shard}"), range_key(sk = "{number:08}"))]
struct Sharded {
    kind: String,
    shard: u32,
    number: u32,
    text: String,
}

/// Returns a text with which an item has about 1,000 bytes, so that a write consumes one unit.
fn text() -> String {
    "x".repeat(970)
}

macro_rules! observation {
    ($model:ident, $number:expr, $station:expr) => {
        $model { kind: "rain".to_owned(), number: $number, station: $station.to_owned(), text: text() }
    };
}

async fn database() -> Database {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Plain>().await.unwrap();
    db.create_table::<Indexed>().await.unwrap();
    db.create_table::<KeysOnly>().await.unwrap();
    db.create_table::<Sharded>().await.unwrap();
    db
}

/// Returns a number with two decimals and separators of thousands.
fn dollars(amount: f64) -> String {
    let text = format!("{amount:.2}");
    let (whole, cents) = text.split_once('.').unwrap();
    format!("{}.{cents}", with_separators(whole))
}

/// Returns a whole number with separators of thousands.
fn grouped(number: f64) -> String {
    with_separators(&format!("{number:.0}"))
}

fn with_separators(digits: &str) -> String {
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap());
    groups.collect::<Vec<_>>().join(",")
}

/// Returns the row of a write: its units by the ledger, and their price at the page's load.
fn write_row(title: &str, ledger: &Ledger) -> String {
    let units = ledger.write_units();
    ledger.reset();
    let per_second = units * WRITES_PER_SECOND;
    let on_demand = per_second * 3_600.0 * HOURS_PER_MONTH / 1e6 * WRITE_MILLION;
    let provisioned = per_second * HOURS_PER_MONTH * WRITE_HOUR;
    format!("| {title} | {units} | {} | {} | {} |\n", grouped(per_second), dollars(on_demand), dollars(provisioned))
}

async fn write_table() -> String {
    let (db, ledger) = database().await.with_ledger();
    let mut table = "| write | write units | per second | on demand, $ per month | provisioned, $ per month |\n\
                     |---|--:|--:|--:|--:|\n"
        .to_owned();
    observation!(Plain, 1, "a").save(&db).await.unwrap();
    table += &write_row("of an item without an index", &ledger);
    observation!(Indexed, 1, "a").save(&db).await.unwrap();
    table += &write_row("of a new item, one global index of all attributes", &ledger);
    observation!(Indexed, 1, "b").save(&db).await.unwrap();
    table += &write_row("the same, of an item whose index key changes", &ledger);
    observation!(KeysOnly, 1, "a").save(&db).await.unwrap();
    table += &write_row("of a new item, one global index of keys only", &ledger);
    KeysOnly { text: "changed".repeat(100), ..observation!(KeysOnly, 1, "a") }.save(&db).await.unwrap();
    table += &write_row("the same, of an item whose keys do not change", &ledger);
    let mut transaction = Transaction::new();
    transaction.save(&observation!(Indexed, 2, "a"));
    transaction.run(&db).await.unwrap();
    table + &write_row("of a new item in a transaction, one global index of all attributes", &ledger)
}

/// Returns the row of a read: its plan's cost, and the requests and units by the ledger.
fn read_row(title: &str, cost: impl std::fmt::Display, ledger: &Ledger) -> String {
    let (requests, units) = (ledger.requests(), ledger.read_units());
    ledger.reset();
    format!("| {title} | {cost} | {requests} | {units} | {} |\n", units * READ_MILLION)
}

async fn read_table() -> String {
    let db = database().await;
    for number in 0..40 {
        observation!(Plain, number, "a").save(&db).await.unwrap();
        Sharded { kind: "rain".to_owned(), shard: number % 10, number, text: text() }.save(&db).await.unwrap();
    }
    let (db, ledger) = db.with_ledger();
    let mut table =
        "| read | `explain()` | requests | read units | on demand, $ per million |\n|---|---|--:|--:|--:|\n".to_owned();

    let one = Plain::objects().set_hash_key("rain").filter(Plain::NUMBER.eq(1));
    one.get(&db).await.unwrap();
    table += &read_row("an item by its key", one.explain_for(Terminal::Get).unwrap().cost, &ledger);
    one.consistent().get(&db).await.unwrap();
    table +=
        &read_row("the same, strongly consistent", one.consistent().explain_for(Terminal::Get).unwrap().cost, &ledger);
    let newest = Plain::objects().set_hash_key("rain").reverse().set_limit(20);
    assert_eq!(newest.all(&db).await.unwrap().len(), 20);
    table += &read_row("the newest 20 items of a kind", newest.explain().unwrap().cost, &ledger);
    let shards = Sharded::objects().filter(Sharded::KIND.eq("rain") & Sharded::SHARD.is_in(0..10));
    let newest = shards.filter(Sharded::NUMBER.gte(20));
    assert_eq!(newest.all(&db).await.unwrap().len(), 20);
    table += &read_row("the newest 20 items of a kind in ten shards", newest.explain().unwrap().cost, &ledger);
    let page = Plain::objects().set_hash_key("rain").set_limit(25);
    assert_eq!(page.page(&db).await.unwrap().items.len(), 25);
    table += &read_row("a page of 25 items, `page()`", page.explain_for(Terminal::Page).unwrap().cost, &ledger);
    assert_eq!(page.cursor().page(&db).await.unwrap().items.len(), 25);
    table += &read_row("the same, `cursor().page()`", page.cursor().explain().unwrap().cost, &ledger);
    let empty = KeysOnly::objects().parallel_scan(25);
    assert_eq!(empty.count(&db).await.unwrap(), 0);
    table + &read_row("an empty table in 25 segments", empty.explain().unwrap().cost, &ledger)
}

fn page() -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SCALING.md");
    let text = std::fs::read_to_string(&path).expect("the page is there");
    (path, text)
}

fn with_section(page: &str, name: &str, section: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let (before, rest) = page.split_once(&begin).expect("the page has the first marker");
    let (_, after) = rest.split_once(&end).expect("the page has the second marker");
    format!("{before}{begin}{section}{end}{after}")
}

#[tokio::test]
async fn the_tables_of_the_page_are_those_of_the_ledger_and_of_explain() {
    let (path, text) = page();
    let text = with_section(&text, "writes", &write_table().await);
    expect_file![path].assert_eq(&with_section(&text, "reads", &read_table().await));
}

#[test]
fn the_figures_of_the_page_follow_from_its_load() {
    let (_, text) = page();
    let scan = CapacityUnits::read(TABLE_GB << 30, false).as_f64();
    let page_units = CapacityUnits::read(PAGE_BYTES_MAX, false).as_f64();
    let gb = u32::try_from(TABLE_GB).map(f64::from).unwrap();
    let partitions = gb / PARTITION_GB;
    let writes_of_rain = WRITES_PER_SECOND * 0.44;
    // Three writes of 3 KB: of the table, of an index, and of an index whose key changes.
    let amplified = 500.0 * CapacityUnits::write(3 << 10).as_f64() * (1.0 + 1.0 + 2.0);
    let writes_per_month = WRITES_PER_SECOND * 3_600.0 * HOURS_PER_MONTH;
    let share = WRITE_HOUR * 1e6 / 3_600.0 / WRITE_MILLION;
    for figure in [
        format!("${} per month for the writes on demand", dollars(writes_per_month / 1e6 * WRITE_MILLION)),
        format!("${} provisioned", dollars(WRITES_PER_SECOND * HOURS_PER_MONTH * WRITE_HOUR)),
        format!("costs {:.0}% of on-demand capacity", share * 100.0),
        format!("${WRITE_MILLION}"),
        format!("${READ_MILLION}"),
        format!("${WRITE_HOUR}"),
        format!("${GB_MONTH}"),
        format!("{} read units", grouped(scan)),
        format!("{} requests", grouped(scan / page_units)),
        format!("{page_units} read units"),
        format!("${}", dollars(scan / 1e6 * READ_MILLION)),
        format!("{} seconds", grouped(scan / (partitions * PARTITION_READS))),
        format!("{partitions} partitions"),
        format!("{} write units", grouped(writes_of_rain)),
        format!("{} GB of rain", gb * 0.44),
        format!("${} per month", dollars(gb * GB_MONTH)),
        format!("{} write units", grouped(amplified)),
    ] {
        assert!(text.contains(&figure), "the page lacks: {figure}");
    }
}

#[test]
fn the_text_blocks_of_the_page_are_printed_by_the_example() {
    let output = example("hot-partitions").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = String::from_utf8(output.stdout).unwrap();
    let (_, text) = page();
    let blocks: Vec<&str> =
        text.split("```text\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
    assert_eq!(blocks.len(), 2, "the page shows both plots");
    for block in blocks {
        assert!(output.contains(block), "the example does not print:\n{block}");
    }
}
