//! Concurrent requests are serializable: some sequential order explains what each of them read.

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
/// Number of accounts in each table, and the sum of their balances.
const ACCOUNTS: usize = 6;
const TOTAL: i64 = 600;

/// Versions by account number. The accounts of the first table come first.
type Versions = BTreeMap<usize, i64>;

/// The kind of request by which accounts were read or written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum RequestKind {
    Write,
    Transaction,
    Table,
    GlobalIndex,
    LocalIndex,
}

/// One request: when it began and ended, and the versions that it read and wrote.
#[derive(Debug)]
struct Request {
    kind: RequestKind,
    began: u64,
    ended: u64,
    read: Versions,
    wrote: Versions,
}

/// The driver under test and the history of requests.
struct Bank {
    driver: MemoryDriver,
    ticks: AtomicU64,
    history: Mutex<Vec<Request>>,
}

fn schema(table: &str) -> TableSchema {
    let by = |range: &'static str| KeySchema::hash_and_range(KeyAttribute::s("bank"), KeyAttribute::n(range));
    let mut schema = TableSchema::new(table, by("account"));
    schema.local_indexes = vec![LocalIndex::new("by_balance", by("balance"), IndexProjection::All)];
    let by_owner = KeySchema::hash_and_range(KeyAttribute::s("owner"), KeyAttribute::n("version"));
    schema.global_indexes = vec![GlobalIndex::new("by_owner", by_owner, IndexProjection::All)];
    schema
}

/// An index that is created and deleted while requests run.
fn temporary_index() -> GlobalIndex {
    let by_writer = KeySchema::hash_and_range(KeyAttribute::s("owner"), KeyAttribute::n("balance"));
    GlobalIndex::new("temporary", by_writer, IndexProjection::All)
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

/// Returns the versions of the accounts among `items`. Asserts that no item is torn: attributes written together agree.
fn versions(items: &[Item]) -> Versions {
    let of = |item: &Item| {
        assert_eq!(item.get("version"), item.get("copy"), "{item:?}");
        (usize::try_from(number(item, "account")).unwrap(), number(item, "version"))
    };
    items.iter().map(of).collect()
}

/// Asserts that `items` are all accounts of a table, each once, and that the sum of the balances is unchanged.
fn assert_whole(items: &[Item]) {
    assert_eq!(versions(items).len(), items.len(), "{items:?}");
    assert_eq!(items.len(), ACCOUNTS, "{items:?}");
    assert_eq!(items.iter().map(|item| number(item, "balance")).sum::<i64>(), TOTAL, "{items:?}");
}

/// A deterministic source of random numbers.
struct Random(VirtualClock);

impl Random {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.0.seed() % u64::try_from(end).unwrap()).unwrap()
    }
}

impl Bank {
    async fn new() -> Self {
        let driver = MemoryDriver::new();
        for table in TABLES {
            driver.run(CreateTable::new(schema(table))).await.unwrap();
        }
        for account in 0..2 * ACCOUNTS {
            let item = key_of(account).with("owner", "o").with("balance", 100).with("version", 0).with("copy", 0);
            driver.run(PutItem::new(table_of(account), item)).await.unwrap();
        }
        Self { driver, ticks: AtomicU64::new(0), history: Mutex::default() }
    }

    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::SeqCst)
    }

    fn record(&self, kind: RequestKind, began: u64, read: Versions, wrote: Versions) {
        self.history.lock().unwrap().push(Request { kind, began, ended: self.tick(), read, wrote });
    }

    /// Reads accounts in one transaction.
    async fn read(&self, accounts: impl IntoIterator<Item = usize>) -> Vec<Item> {
        let began = self.tick();
        let gets = accounts.into_iter().map(|account| TransactGet::new(table_of(account), key_of(account)));
        let read = self.driver.run(TransactGetItems::new(gets)).await.unwrap();
        let items: Vec<Item> = read.responses.into_iter().map(Option::unwrap).collect();
        self.record(RequestKind::Transaction, began, versions(&items), Versions::new());
        items
    }

    /// Transfers an amount between two accounts of one table or of both, unless another task changed them first. A third
    /// account is only checked.
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
        let actions = items.iter().zip(&accounts).enumerate().map(|(at, (item, account))| -> TransactWriteItem {
            let unchanged = Condition::compare(path("version"), Comparator::Eq, item.get("version").unwrap().clone());
            if at >= written {
                return ConditionCheck::new(table_of(*account), key_of(*account), unchanged).into();
            }
            let amount = if at % 2 == 0 { -amount } else { amount };
            let balance = AttributeValue::n(number(item, "balance") + amount);
            let update = next_version().set(path("balance"), UpdateOperand::value(balance));
            TransactUpdate::new(table_of(*account), key_of(*account), update).when(unchanged).into()
        });
        let actions: Vec<_> = actions.collect();
        let read = versions(&items);
        let wrote = accounts[..written].iter().map(|account| (*account, read[account] + 1)).collect();
        let began = self.tick();
        match self.driver.run(TransactWriteItems::new(actions)).await {
            Ok(_) => self.record(RequestKind::Write, began, read, wrote),
            Err(error) => {
                let mut reasons = error.cancellation_reasons().iter().flatten().peekable();
                assert!(reasons.peek().is_some(), "{error}");
                assert!(reasons.all(|reason| reason.code == CancellationCode::ConditionalCheckFailed), "{error}");
            }
        }
    }

    /// Writes a new version of one account unconditionally.
    async fn write_version(&self, account: usize, random: &Random) {
        let began = self.tick();
        let condition = (random.below(2) == 0).then(|| Condition::AttributeExists(path("bank")));
        let update = UpdateItem::new(table_of(account), key_of(account), next_version());
        let update = UpdateItem { condition, return_values: ReturnValues::AllNew, ..update };
        let new = self.driver.run(update).await.unwrap().attributes.unwrap();
        let wrote = versions(&[new]);
        let read = wrote.iter().map(|(account, version)| (*account, version - 1)).collect();
        self.record(RequestKind::Write, began, read, wrote);
    }

    /// Reads all accounts of a table, from the table or from an index.
    async fn read_table(&self, table: &'static str, kind: RequestKind) {
        let of = |index: Option<&'static str>, hash: &'static str, value: &str| Query {
            index: index.map(Name::from_static),
            ..Query::new(table, KeyCondition::hash(hash, value))
        };
        let query = match kind {
            RequestKind::GlobalIndex => of(Some("by_owner"), "owner", "o"),
            RequestKind::LocalIndex => of(Some("by_balance"), "bank", "b"),
            RequestKind::Table | RequestKind::Transaction | RequestKind::Write => of(None, "bank", "b"),
        };
        let began = self.tick();
        let items = self.driver.run(query).await.unwrap().items;
        assert_whole(&items);
        self.record(kind, began, versions(&items), Versions::new());
    }

    /// Writes items of other partitions and checks that those of other tasks are whole.
    async fn write_other_partitions(&self, task: usize, random: &Random) {
        let value = i32::try_from(random.below(1000)).unwrap();
        let other = |account: i32| {
            let item = Item::new().with("bank", format!("other {}", task % 3)).with("account", account);
            item.with("owner", "n").with("balance", value).with("version", value).with("copy", value)
        };
        let requests = TABLES.map(|table| {
            let delete = other(3).pick([&"bank".into(), &"account".into()]);
            TableWrites::new(
                table,
                [0, 1, 2].map(|at| WriteRequest::Put(other(at))).into_iter().chain([WriteRequest::Delete(delete)]),
            )
        });
        self.driver.run(BatchWriteItem::new(requests)).await.unwrap();
        for item in self.driver.run(Scan::new(TABLES[random.below(2)])).await.unwrap().items {
            assert_eq!(item.get("version"), item.get("copy"), "{item:?}");
        }
    }

    /// Makes one random request.
    async fn request(&self, task: usize, random: &Random) {
        let table = TABLES[random.below(2)];
        match random.below(16) {
            0..6 => self.transfer(random).await,
            6 => {
                let items = self.read(0..2 * ACCOUNTS).await;
                items.chunks(ACCOUNTS).for_each(assert_whole);
            }
            7 | 8 => self.read_table(table, RequestKind::Table).await,
            9 | 10 => self.read_table(table, RequestKind::GlobalIndex).await,
            11 | 12 => self.read_table(table, RequestKind::LocalIndex).await,
            13 | 14 => self.write_version(random.below(2 * ACCOUNTS), random).await,
            _ => self.write_other_partitions(task, random).await,
        }
    }

    /// Creates and deletes an index in both tables.
    async fn change_indexes(&self, rounds: usize) {
        for _ in 0..rounds {
            for table in TABLES {
                self.driver.run(UpdateTable::new(table).create_index(temporary_index())).await.unwrap();
                self.driver.check().unwrap();
                let query = Query::new(table, KeyCondition::hash("owner", "o"));
                let query = Query { index: Some("temporary".into()), ..query };
                assert_whole(&self.driver.run(query).await.unwrap().items);
                tokio::task::yield_now().await;
                self.driver.run(UpdateTable::new(table).delete_index("temporary")).await.unwrap();
            }
        }
    }
}

/// Returns the update to the next version, in two attributes that must always agree.
fn next_version() -> Update {
    Update::new().add(path("version"), 1).add(path("copy"), 1)
}

/// Asserts that a sequential order explains the history: every request reads the versions written last, and a request
/// that began after another had ended comes after it.
fn assert_serializable(history: &[&Request]) {
    let mut writers: BTreeMap<(usize, i64), usize> = BTreeMap::new();
    for (at, request) in history.iter().enumerate() {
        for (account, version) in &request.wrote {
            let other = writers.insert((*account, *version), at);
            assert_eq!(other, None, "version {version} of account {account} was written twice");
        }
    }
    for account in 0..2 * ACCOUNTS {
        let written = writers.range((account, 0)..(account + 1, 0)).map(|((_, version), _)| *version);
        assert!(written.eq(1..=i64::try_from(writers.range((account, 0)..(account + 1, 0)).count()).unwrap()));
    }

    // Edges of the order. Nodes are the requests, then the times at which requests ended, in order.
    let count = history.len();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); 2 * count];
    let mut ends: Vec<(u64, usize)> = history.iter().enumerate().map(|(at, request)| (request.ended, at)).collect();
    ends.sort_unstable();
    for (end, (_, request)) in ends.iter().enumerate() {
        after[*request].push(count + end);
        if end > 0 {
            after[count + end - 1].push(count + end);
        }
    }
    for (at, request) in history.iter().enumerate() {
        let ended_before = ends.partition_point(|(ended, _)| *ended < request.began);
        if ended_before > 0 {
            after[count + ended_before - 1].push(at);
        }
        for (account, version) in &request.read {
            if *version > 0 {
                let writer = writers.get(&(*account, *version)).copied();
                after[writer.expect("a version was read that no request wrote")].push(at);
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
    let stuck = || history.iter().zip(&before).filter(|(_, before)| **before > 0).map(|(request, _)| *request).take(10);
    assert_eq!(ordered, after.len(), "no sequential order explains these requests: {:#?}", stuck().collect::<Vec<_>>());
}

/// Runs `work` on four threads and panics if it takes too long, even if all threads are deadlocked.
fn within<F: Future<Output = ()> + 'static>(seconds: u64, work: impl FnOnce() -> F + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let worker = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
        runtime.block_on(work());
        done.send(()).unwrap();
    });
    match is_done.recv_timeout(Duration::from_secs(seconds)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the requests are deadlocked"),
        // The work panicked and has printed its message.
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => worker.join().unwrap(),
    }
}

/// Runs random requests concurrently and checks the history.
async fn assert_history_is_serializable(seed: usize) {
    const TASKS: usize = 8;
    const REQUESTS: usize = 120;
    let bank = Arc::new(Bank::new().await);
    let mut tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let bank = Arc::clone(&bank);
            tokio::spawn(async move {
                let random = Random(VirtualClock::new(u64::try_from(1000 * seed + task).unwrap()));
                for _ in 0..REQUESTS {
                    bank.request(task, &random).await;
                }
            })
        })
        .collect();
    let changing = Arc::clone(&bank);
    tasks.push(tokio::spawn(async move { changing.change_indexes(10).await }));
    for task in tasks {
        task.await.unwrap();
    }
    bank.driver.check().unwrap();

    let history = std::mem::take(&mut *bank.history.lock().unwrap());
    assert!(history.iter().filter(|request| request.kind == RequestKind::Write).count() > TASKS * REQUESTS / 10);
    // A write to a single item updates one index after the other. Reads of each index fit into the order, but not
    // necessarily reads of two indexes into the same one.
    for index in [RequestKind::GlobalIndex, RequestKind::LocalIndex] {
        let other = if index == RequestKind::LocalIndex { RequestKind::GlobalIndex } else { RequestKind::LocalIndex };
        let history: Vec<&Request> = history.iter().filter(|request| request.kind != other).collect();
        assert_serializable(&history);
    }
    let mut last = Versions::new();
    for request in &history {
        for (account, version) in &request.wrote {
            last.entry(*account).and_modify(|last| *last = (*last).max(*version)).or_insert(*version);
        }
    }
    for (account, version) in versions(&bank.read(0..2 * ACCOUNTS).await) {
        assert_eq!(version, last.get(&account).copied().unwrap_or(0));
    }
}

#[test]
fn concurrent_histories_are_serializable() {
    for seed in 0..5 {
        within(60, move || assert_history_is_serializable(seed));
    }
}

/// Protects against a checker that finds no cycle and accepts every history.
#[test]
fn the_checker_rejects_histories_that_are_not_serializable() {
    let request = |began, ended, read: &[(usize, i64)], wrote: &[(usize, i64)]| Request {
        kind: RequestKind::Write,
        began,
        ended,
        read: read.iter().copied().collect(),
        wrote: wrote.iter().copied().collect(),
    };
    let is_rejected = |history: &[Request]| {
        let history: Vec<&Request> = history.iter().collect();
        std::panic::catch_unwind(|| assert_serializable(&history)).is_err()
    };
    let write = |began, ended| request(began, ended, &[(0, 0), (1, 0)], &[(0, 1), (1, 1)]);
    assert!(!is_rejected(&[write(0, 3), request(1, 2, &[(0, 0), (1, 0)], &[]), request(4, 5, &[(0, 1), (1, 1)], &[])]));
    // Half of a write, a lost update, write skew, and an acknowledged write that a later read does not see.
    assert!(is_rejected(&[write(0, 3), request(1, 2, &[(0, 0), (1, 1)], &[])]));
    assert!(is_rejected(&[write(0, 3), write(1, 2)]));
    let skewed = [request(0, 3, &[(0, 0), (1, 0)], &[(0, 1)]), request(1, 2, &[(0, 0), (1, 0)], &[(1, 1)])];
    assert!(is_rejected(&skewed));
    assert!(is_rejected(&[write(0, 1), request(2, 3, &[(0, 0), (1, 0)], &[])]));
}

#[test]
fn requests_that_name_tables_in_opposite_orders_do_not_deadlock() {
    within(60, || async {
        const ROUNDS: usize = 60;
        let bank = Arc::new(Bank::new().await);
        let there_and_back = [[TABLES[0], TABLES[1]], [TABLES[1], TABLES[0]]];
        let mut tasks = Vec::new();
        for task in 0..8 {
            let bank = Arc::clone(&bank);
            let tables = there_and_back[task % 2];
            tasks.push(tokio::spawn(async move {
                // These items expire as soon as time to live is enabled.
                let now = bank.driver.clock().now().timestamp();
                let item = |at: usize| {
                    let item = key_of(at).with("bank", format!("other {task}")).with("owner", "n");
                    item.with("balance", 1).with("version", 1).with("expires", AttributeValue::n(now))
                };
                for round in 0..ROUNDS {
                    let writes =
                        tables.map(|table| TableWrites::new(table, [0, 1].map(|at| WriteRequest::Put(item(at)))));
                    bank.driver.run(BatchWriteItem::new(writes)).await.unwrap();
                    let puts = tables.map(|table| TransactPut::new(table, item(round % 4)).into());
                    let token = format!("task {task} round {}", round / 2);
                    drop(bank.driver.run(TransactWriteItems::new(puts).with_token(token)).await);
                    let keys = tables.map(|table| TableKeys::new(table, [key_of(0), key_of(1)]));
                    bank.driver.run(BatchGetItem::new(keys)).await.unwrap();
                    let gets = tables.map(|table| TransactGet::new(table, key_of(round % 4)));
                    bank.driver.run(TransactGetItems::new(gets)).await.unwrap();
                }
            }));
        }
        for tables in there_and_back {
            let bank = Arc::clone(&bank);
            tasks.push(tokio::spawn(async move {
                let driver = &bank.driver;
                for _ in 0..ROUNDS {
                    // A table change may fail because the other task made the same change.
                    for table in tables {
                        drop(driver.run(UpdateTable::new(table).create_index(temporary_index())).await);
                        let stream = StreamUpdate::Enable(StreamView::KeysOnly);
                        drop(driver.run(UpdateTable::new(table).stream(stream)).await);
                        drop(driver.run(UpdateTimeToLive::enable(table, "expires")).await);
                    }
                    driver.check().unwrap();
                    driver.run(ListStreams::default()).await.unwrap();
                    for table in tables {
                        driver.run(DescribeTable::new(table)).await.unwrap();
                        drop(driver.run(UpdateTable::new(table).delete_index("temporary")).await);
                        drop(driver.run(UpdateTable::new(table).stream(StreamUpdate::Disable)).await);
                        drop(driver.run(UpdateTimeToLive::disable(table, "expires")).await);
                    }
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        bank.driver.check().unwrap();
    });
}
