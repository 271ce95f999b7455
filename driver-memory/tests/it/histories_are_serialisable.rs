//! However many work at once, there is an order in which they could have worked one after the other.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use djamodb_core::driver::{CancellationCode, Clock, Driver, DriverExt};
use djamodb_core::expression::{Comparator, Condition, KeyCondition, Update, UpdateOperand};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, ConditionCheck, CreateTable, DescribeTable, ListStreams, PutItem, Query,
    ReturnValues, Scan, StreamUpdate, TableKeys, TableWrites, TransactGet, TransactGetItems, TransactPut,
    TransactUpdate, TransactWriteItem, TransactWriteItems, UpdateItem, UpdateTable, UpdateTimeToLive, WriteRequest,
};
use djamodb_core::schema::{
    GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, TableSchema,
};
use djamodb_core::value::{AttributeValue, Item, Name};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};

use crate::support::path;

const TABLES: [&str; 2] = ["left", "right"];
/// How many accounts a table has, and how much is in all of them together.
const ACCOUNTS: usize = 6;
const TOTAL: i64 = 600;

/// Accounts by their numbers, those of the first table first, each with a version of it.
type Versions = BTreeMap<usize, i64>;

/// How something was looked at or done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    Write,
    Transaction,
    Table,
    GlobalIndex,
    LocalIndex,
}

/// What somebody did: from when to when, what was read and what was written.
#[derive(Debug)]
struct Deed {
    by: By,
    began: u64,
    ended: u64,
    read: Versions,
    wrote: Versions,
}

/// The tables, and what was done to them.
struct World {
    driver: MemoryDriver,
    ticks: AtomicU64,
    deeds: Mutex<Vec<Deed>>,
}

fn schema(table: &str) -> TableSchema {
    let by = |range: &'static str| KeySchema::hash_and_range(KeyAttribute::s("bank"), KeyAttribute::n(range));
    let mut schema = TableSchema::new(table, by("account"));
    schema.local_indexes = vec![LocalIndex::new("by_balance", by("balance"), IndexProjection::All)];
    let by_owner = KeySchema::hash_and_range(KeyAttribute::s("owner"), KeyAttribute::n("version"));
    schema.global_indexes = vec![GlobalIndex::new("by_owner", by_owner, IndexProjection::All)];
    schema
}

/// An index that comes and goes.
fn passing_index() -> GlobalIndex {
    let by_writer = KeySchema::hash_and_range(KeyAttribute::s("owner"), KeyAttribute::n("balance"));
    GlobalIndex::new("passing", by_writer, IndexProjection::All)
}

fn table_of(account: usize) -> &'static str {
    TABLES[account / ACCOUNTS]
}

fn key_of(account: usize) -> Item {
    Item::new().with("bank", "b").with("account", AttributeValue::n(i64::try_from(account).unwrap()))
}

fn number(item: &Item, name: &str) -> i64 {
    item.get(name).unwrap().as_n().unwrap().to_i128().unwrap().try_into().unwrap()
}

/// The accounts among some items with their versions. No item is torn: what is written together agrees.
fn versions(items: &[Item]) -> Versions {
    let of = |item: &Item| {
        assert_eq!(item.get("version"), item.get("copy"), "{item:?}");
        (usize::try_from(number(item, "account")).unwrap(), number(item, "version"))
    };
    items.iter().map(of).collect()
}

/// Asserts that these are all accounts of a table, each once, and that nothing of what is in them is lost or made up.
fn whole(items: &[Item]) {
    assert_eq!(versions(items).len(), items.len(), "{items:?}");
    assert_eq!(items.len(), ACCOUNTS, "{items:?}");
    assert_eq!(items.iter().map(|item| number(item, "balance")).sum::<i64>(), TOTAL, "{items:?}");
}

/// Numbers that look random, and are the same for the same seed.
struct Random(VirtualClock);

impl Random {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.0.seed() % u64::try_from(end).unwrap()).unwrap()
    }
}

impl World {
    async fn new() -> Self {
        let driver = MemoryDriver::new();
        for table in TABLES {
            driver.run(CreateTable::new(schema(table))).await.unwrap();
        }
        for account in 0..2 * ACCOUNTS {
            let item = key_of(account).with("owner", "o").with("balance", 100).with("version", 0).with("copy", 0);
            driver.run(PutItem::new(table_of(account), item)).await.unwrap();
        }
        Self { driver, ticks: AtomicU64::new(0), deeds: Mutex::default() }
    }

    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::SeqCst)
    }

    fn did(&self, by: By, began: u64, read: Versions, wrote: Versions) {
        self.deeds.lock().unwrap().push(Deed { by, began, ended: self.tick(), read, wrote });
    }

    /// Reads accounts at one moment.
    async fn read(&self, accounts: impl IntoIterator<Item = usize>) -> Vec<Item> {
        let began = self.tick();
        let gets = accounts.into_iter().map(|account| TransactGet::new(table_of(account), key_of(account)));
        let read = self.driver.run(TransactGetItems::new(gets)).await.unwrap();
        let items: Vec<Item> = read.responses.into_iter().map(Option::unwrap).collect();
        self.did(By::Transaction, began, versions(&items), Versions::new());
        items
    }

    /// Moves something from one account to another in one table or in both, unless somebody else was faster. An account
    /// of whichever table is only looked at.
    async fn transfer(&self, random: &Random) {
        let mut accounts: Vec<usize> = Vec::new();
        let both = random.below(2) == 0;
        for table in 0..2 {
            if both || table == random.below(2) {
                let from = random.below(ACCOUNTS);
                let to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
                accounts.extend([table * ACCOUNTS + from, table * ACCOUNTS + to]);
            }
        }
        let written = accounts.len();
        let other = random.below(2 * ACCOUNTS);
        if !accounts.contains(&other) {
            accounts.push(other);
        }
        let items = self.read(accounts.iter().copied()).await;
        if random.below(2) == 0 {
            tokio::task::yield_now().await;
        }
        let amount = i64::try_from(random.below(50)).unwrap();
        let actions = items.iter().zip(&accounts).enumerate().map(|(place, (item, account))| -> TransactWriteItem {
            let unchanged = Condition::compare(path("version"), Comparator::Eq, item.get("version").unwrap().clone());
            if place >= written {
                return ConditionCheck::new(table_of(*account), key_of(*account), unchanged).into();
            }
            let amount = if place % 2 == 0 { -amount } else { amount };
            let balance = AttributeValue::n(number(item, "balance") + amount);
            let update = touched().set(path("balance"), UpdateOperand::value(balance));
            TransactUpdate::new(table_of(*account), key_of(*account), update).when(unchanged).into()
        });
        let actions: Vec<_> = actions.collect();
        let read = versions(&items);
        let wrote = accounts[..written].iter().map(|account| (*account, read[account] + 1)).collect();
        let began = self.tick();
        match self.driver.run(TransactWriteItems::new(actions)).await {
            Ok(_) => self.did(By::Write, began, read, wrote),
            Err(error) => {
                let mut reasons = error.cancellation_reasons().iter().flatten().peekable();
                assert!(reasons.peek().is_some(), "{error}");
                assert!(reasons.all(|reason| reason.code == CancellationCode::ConditionalCheckFailed), "{error}");
            }
        }
    }

    /// Gives one account a new version, whatever the old one was.
    async fn touch(&self, account: usize, random: &Random) {
        let began = self.tick();
        let condition = (random.below(2) == 0).then(|| Condition::AttributeExists(path("bank")));
        let update = UpdateItem::new(table_of(account), key_of(account), touched());
        let update = UpdateItem { condition, return_values: ReturnValues::AllNew, ..update };
        let new = self.driver.run(update).await.unwrap().attributes.unwrap();
        let wrote = versions(&[new]);
        let read = wrote.iter().map(|(account, version)| (*account, version - 1)).collect();
        self.did(By::Write, began, read, wrote);
    }

    /// Reads all accounts of a table, from the table itself or from an index.
    async fn look(&self, table: &'static str, by: By) {
        let of = |index: Option<&'static str>, hash: &'static str, value: &str| Query {
            index: index.map(Name::from_static),
            ..Query::new(table, KeyCondition::hash(hash, value))
        };
        let query = match by {
            By::GlobalIndex => of(Some("by_owner"), "owner", "o"),
            By::LocalIndex => of(Some("by_balance"), "bank", "b"),
            By::Table | By::Transaction | By::Write => of(None, "bank", "b"),
        };
        let began = self.tick();
        let items = self.driver.run(query).await.unwrap().items;
        whole(&items);
        self.did(by, began, versions(&items), Versions::new());
    }

    /// Writes items of other partitions, and looks whether others wrote theirs whole.
    async fn make_noise(&self, task: usize, random: &Random) {
        let value = i32::try_from(random.below(1000)).unwrap();
        let noise = |account: i32| {
            let item = Item::new().with("bank", format!("noise {}", task % 3)).with("account", account);
            item.with("owner", "n").with("balance", value).with("version", value).with("copy", value)
        };
        let requests = TABLES.map(|table| {
            let delete = noise(3).pick([&"bank".into(), &"account".into()]);
            TableWrites::new(
                table,
                [0, 1, 2].map(|at| WriteRequest::Put(noise(at))).into_iter().chain([WriteRequest::Delete(delete)]),
            )
        });
        self.driver.run(BatchWriteItem::new(requests)).await.unwrap();
        for item in self.driver.run(Scan::new(TABLES[random.below(2)])).await.unwrap().items {
            assert_eq!(item.get("version"), item.get("copy"), "{item:?}");
        }
    }

    /// Does something.
    async fn act(&self, task: usize, random: &Random) {
        let table = TABLES[random.below(2)];
        match random.below(16) {
            0..6 => self.transfer(random).await,
            6 => {
                let items = self.read(0..2 * ACCOUNTS).await;
                items.chunks(ACCOUNTS).for_each(whole);
            }
            7 | 8 => self.look(table, By::Table).await,
            9 | 10 => self.look(table, By::GlobalIndex).await,
            11 | 12 => self.look(table, By::LocalIndex).await,
            13 | 14 => self.touch(random.below(2 * ACCOUNTS), random).await,
            _ => self.make_noise(task, random).await,
        }
    }

    /// Lets an index come and go in both tables.
    async fn change(&self, rounds: usize) {
        for _ in 0..rounds {
            for table in TABLES {
                self.driver.run(UpdateTable::new(table).create_index(passing_index())).await.unwrap();
                self.driver.check().unwrap();
                let query = Query::new(table, KeyCondition::hash("owner", "o"));
                let query = Query { index: Some("passing".into()), ..query };
                whole(&self.driver.run(query).await.unwrap().items);
                tokio::task::yield_now().await;
                self.driver.run(UpdateTable::new(table).delete_index("passing")).await.unwrap();
            }
        }
    }
}

/// The next version, in two places that always agree.
fn touched() -> Update {
    Update::new().add(path("version"), 1).add(path("copy"), 1)
}

/// Asserts that what was done could have been done one after the other: in an order in which everybody reads what was
/// written last, and in which nothing comes before what had ended when it began.
fn assert_serialisable(deeds: &[&Deed]) {
    let mut writers: BTreeMap<(usize, i64), usize> = BTreeMap::new();
    for (at, deed) in deeds.iter().enumerate() {
        for (account, version) in &deed.wrote {
            let other = writers.insert((*account, *version), at);
            assert_eq!(other, None, "version {version} of account {account} was written twice");
        }
    }
    for account in 0..2 * ACCOUNTS {
        let written = writers.range((account, 0)..(account + 1, 0)).map(|((_, version), _)| *version);
        assert!(written.eq(1..=i64::try_from(writers.range((account, 0)..(account + 1, 0)).count()).unwrap()));
    }

    // What has to come after what: deeds first, then the moments at which one ended, in their order.
    let count = deeds.len();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); 2 * count];
    let mut ends: Vec<(u64, usize)> = deeds.iter().enumerate().map(|(at, deed)| (deed.ended, at)).collect();
    ends.sort_unstable();
    for (moment, (_, deed)) in ends.iter().enumerate() {
        after[*deed].push(count + moment);
        if moment > 0 {
            after[count + moment - 1].push(count + moment);
        }
    }
    for (at, deed) in deeds.iter().enumerate() {
        let ended_before = ends.partition_point(|(ended, _)| *ended < deed.began);
        if ended_before > 0 {
            after[count + ended_before - 1].push(at);
        }
        for (account, version) in &deed.read {
            if *version > 0 {
                let writer = writers.get(&(*account, *version)).copied();
                after[writer.expect("a version was read that nobody wrote")].push(at);
            }
            if let Some(next) = writers.get(&(*account, version + 1)).filter(|next| **next != at) {
                after[at].push(*next);
            }
        }
    }
    let mut before = vec![0_usize; after.len()];
    after.iter().flatten().for_each(|later| before[*later] += 1);
    let mut free: Vec<usize> = (0..after.len()).filter(|at| before[*at] == 0).collect();
    let mut ordered = 0;
    while let Some(at) = free.pop() {
        ordered += 1;
        for later in &after[at] {
            before[*later] -= 1;
            if before[*later] == 0 {
                free.push(*later);
            }
        }
    }
    let stuck = || deeds.iter().zip(&before).filter(|(_, before)| **before > 0).map(|(deed, _)| *deed).take(10);
    assert_eq!(ordered, after.len(), "no order is right for all of these: {:#?}", stuck().collect::<Vec<_>>());
}

/// Runs something on four threads; it fails when that takes too long, even if all of the threads wait for each other.
fn within<F: Future<Output = ()> + 'static>(seconds: u64, work: impl FnOnce() -> F + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let worker = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
        runtime.block_on(work());
        done.send(()).unwrap();
    });
    match is_done.recv_timeout(Duration::from_secs(seconds)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("somebody waits for somebody who waits"),
        // Without an answer it panicked, and has said why.
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => worker.join().unwrap(),
    }
}

/// Lets many work at once, and looks at what they did.
async fn assert_a_history_is_serialisable(seed: usize) {
    const TASKS: usize = 8;
    const ACTS: usize = 120;
    let world = Arc::new(World::new().await);
    let mut tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let random = Random(VirtualClock::new(u64::try_from(1000 * seed + task).unwrap()));
                for _ in 0..ACTS {
                    world.act(task, &random).await;
                }
            })
        })
        .collect();
    let changing = Arc::clone(&world);
    tasks.push(tokio::spawn(async move { changing.change(10).await }));
    for task in tasks {
        task.await.unwrap();
    }
    world.driver.check().unwrap();

    let deeds = std::mem::take(&mut *world.deeds.lock().unwrap());
    assert!(deeds.iter().filter(|deed| deed.by == By::Write).count() > TASKS * ACTS / 10);
    // A write to a single item reaches one index after the other, so that each of them fits into the order, but not two of
    // them into the same one.
    for index in [By::GlobalIndex, By::LocalIndex] {
        let other = if index == By::LocalIndex { By::GlobalIndex } else { By::LocalIndex };
        let deeds: Vec<&Deed> = deeds.iter().filter(|deed| deed.by != other).collect();
        assert_serialisable(&deeds);
    }
    let mut last = Versions::new();
    for deed in &deeds {
        for (account, version) in &deed.wrote {
            last.entry(*account).and_modify(|last| *last = (*last).max(*version)).or_insert(*version);
        }
    }
    for (account, version) in versions(&world.read(0..2 * ACCOUNTS).await) {
        assert_eq!(version, last.get(&account).copied().unwrap_or(0));
    }
}

#[test]
fn transactions_would_see_half_of_each_other() {
    for seed in 0..5 {
        within(60, move || assert_a_history_is_serialisable(seed));
    }
}

/// The check above would let everything pass if it found no cycle where there is one.
#[test]
fn an_order_would_be_found_where_there_is_none() {
    let deed = |began, ended, read: &[(usize, i64)], wrote: &[(usize, i64)]| Deed {
        by: By::Write,
        began,
        ended,
        read: read.iter().copied().collect(),
        wrote: wrote.iter().copied().collect(),
    };
    let refused = |deeds: &[Deed]| {
        let deeds: Vec<&Deed> = deeds.iter().collect();
        std::panic::catch_unwind(|| assert_serialisable(&deeds)).is_err()
    };
    let write = |began, ended| deed(began, ended, &[(0, 0), (1, 0)], &[(0, 1), (1, 1)]);
    assert!(!refused(&[write(0, 3), deed(1, 2, &[(0, 0), (1, 0)], &[]), deed(4, 5, &[(0, 1), (1, 1)], &[])]));
    // Half of a write; a lost update; a skewed one; one that is not seen after it was acknowledged.
    assert!(refused(&[write(0, 3), deed(1, 2, &[(0, 0), (1, 1)], &[])]));
    assert!(refused(&[write(0, 3), write(1, 2)]));
    let skewed = [deed(0, 3, &[(0, 0), (1, 0)], &[(0, 1)]), deed(1, 2, &[(0, 0), (1, 0)], &[(1, 1)])];
    assert!(refused(&skewed));
    assert!(refused(&[write(0, 1), deed(2, 3, &[(0, 0), (1, 0)], &[])]));
}

#[test]
fn requests_that_name_tables_in_opposite_orders_would_wait_for_each_other() {
    within(60, || async {
        const ROUNDS: usize = 60;
        let world = Arc::new(World::new().await);
        let there_and_back = [[TABLES[0], TABLES[1]], [TABLES[1], TABLES[0]]];
        let mut tasks = Vec::new();
        for task in 0..8 {
            let world = Arc::clone(&world);
            let tables = there_and_back[task % 2];
            tasks.push(tokio::spawn(async move {
                // As soon as items expire, these do.
                let now = world.driver.clock().now().timestamp();
                let item = |at: usize| {
                    let item = key_of(at).with("bank", format!("noise {task}")).with("owner", "n");
                    item.with("balance", 1).with("version", 1).with("expires", AttributeValue::n(now))
                };
                for round in 0..ROUNDS {
                    let writes =
                        tables.map(|table| TableWrites::new(table, [0, 1].map(|at| WriteRequest::Put(item(at)))));
                    world.driver.run(BatchWriteItem::new(writes)).await.unwrap();
                    let puts = tables.map(|table| TransactPut::new(table, item(round % 4)).into());
                    let token = format!("task {task} round {}", round / 2);
                    drop(world.driver.run(TransactWriteItems::new(puts).with_token(token)).await);
                    let keys = tables.map(|table| TableKeys::new(table, [key_of(0), key_of(1)]));
                    world.driver.run(BatchGetItem::new(keys)).await.unwrap();
                    let gets = tables.map(|table| TransactGet::new(table, key_of(round % 4)));
                    world.driver.run(TransactGetItems::new(gets)).await.unwrap();
                }
            }));
        }
        for tables in there_and_back {
            let world = Arc::clone(&world);
            tasks.push(tokio::spawn(async move {
                let driver = &world.driver;
                for _ in 0..ROUNDS {
                    // Of two who change a table, the one may find what the other one did.
                    for table in tables {
                        drop(driver.run(UpdateTable::new(table).create_index(passing_index())).await);
                        let stream = StreamUpdate::Enable(StreamView::KeysOnly);
                        drop(driver.run(UpdateTable::new(table).stream(stream)).await);
                        drop(driver.run(UpdateTimeToLive::enable(table, "expires")).await);
                    }
                    driver.check().unwrap();
                    driver.run(ListStreams::default()).await.unwrap();
                    for table in tables {
                        driver.run(DescribeTable::new(table)).await.unwrap();
                        drop(driver.run(UpdateTable::new(table).delete_index("passing")).await);
                        drop(driver.run(UpdateTable::new(table).stream(StreamUpdate::Disable)).await);
                        drop(driver.run(UpdateTimeToLive::disable(table, "expires")).await);
                    }
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        world.driver.check().unwrap();
    });
}
