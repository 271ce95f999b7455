//! A bank under faults: transfers, conditional writes, deletes and bulk writes over a driver that loses responses.
//!
//! After every write, the table itself is read without faults. A write that was reported as done, not done or unknown must be so, and
//! transfers must neither create nor destroy money.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb::driver::{Applied, Capability, Clock, Driver, DriverError};
use djamodb::layer::{FaultRates, Faults, Retry, RetryPolicy};
use djamodb::plan::{Outcome, QueryPlan, TransactWriteItemsOutput};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::{AttributeValue, Item, Number};
use djamodb::{Adversary, Error, MemoryDriver, Transaction, VirtualClock};
use fastrand::Rng;

const ACCOUNTS: u32 = 6;
const OPENING_BALANCE: i64 = 100;
const SLOTS: u32 = 30;
const WRITES: u32 = 60;

/// An account. Only transfers change it.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "bank_accounts")]
struct Account {
    #[model(hash_key)]
    id: u32,
    balance: i64,
}

/// The receipt of a transfer, which is written with it.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "bank_receipts")]
struct Receipt {
    #[model(hash_key)]
    id: u32,
    from: u32,
    to: u32,
    amount: i64,
}

/// A place with a number, written by every kind of write except transactions.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "bank_slots")]
struct Slot {
    #[model(hash_key)]
    id: u32,
    number: u32,
}

/// Numbers of writes by their report.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) done: u64,
    pub(super) not_done: u64,
    pub(super) unknown: u64,
}

impl Figures {
    pub(super) const fn writes(self) -> u64 {
        self.done + self.not_done + self.unknown
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, more: Self) {
        self.done += more.done;
        self.not_done += more.not_done;
        self.unknown += more.unknown;
    }
}

/// The report of a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Report {
    Done,
    NotDone,
    Unknown,
}

/// Runs the bank of one seed. Returns an error that describes the first false report or the missing money.
pub(super) fn run(seed: u64) -> Result<Figures, String> {
    run_over(seed, |memory| memory)
}

/// Runs the bank of one seed in the adversarial mode, in which reads lag and requests fail inside of the service.
pub(super) fn run_adversarial(seed: u64) -> Result<Figures, String> {
    // A layer that delivers requests twice would make what the adversary has just refused.
    let adversary = Adversary { internal_errors: 0.1, ..Adversary::new(seed) };
    run_with(seed, |_| FaultRates::default(), |memory| memory.with_adversary(adversary))
}

/// Runs the bank of one seed over a driver that wraps the one in memory.
fn run_over<D: Driver + 'static>(seed: u64, wrap: impl FnOnce(MemoryDriver) -> D) -> Result<Figures, String> {
    run_with(seed, random_rates, wrap)
}

fn run_with<D: Driver + 'static>(
    seed: u64,
    rates: impl FnOnce(&mut Rng) -> FaultRates,
    wrap: impl FnOnce(MemoryDriver) -> D,
) -> Result<Figures, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut bank = Bank::open(seed, rates, wrap).await;
        for write in 0..WRITES {
            bank.write(write).await.map_err(|loss| format!("write {write}: {loss}"))?;
        }
        Ok(bank.figures)
    })
}

fn random_rates(random: &mut Rng) -> FaultRates {
    let mut rate = |max| random.f64() * max;
    FaultRates {
        throttled: rate(0.4),
        timeout: rate(0.3),
        reset: rate(0.3),
        unprocessed: rate(0.6),
        duplicate: rate(0.3),
    }
}

struct Bank {
    random: Rng,
    faulty: Database,
    sound: Database,
    figures: Figures,
    receipts: BTreeMap<u32, (Receipt, Report)>,
}

impl Bank {
    async fn open<D: Driver + 'static>(
        seed: u64,
        rates: impl FnOnce(&mut Rng) -> FaultRates,
        wrap: impl FnOnce(MemoryDriver) -> D,
    ) -> Self {
        let mut random = Rng::with_seed(seed);
        let memory = MemoryDriver::with_clock(Arc::new(VirtualClock::new(seed)));
        let sound = Database::new(memory.clone());
        sound.create_table::<Account>().await.unwrap();
        sound.create_table::<Receipt>().await.unwrap();
        sound.create_table::<Slot>().await.unwrap();
        for id in 0..ACCOUNTS {
            Account { id, balance: OPENING_BALANCE }.save(&sound).await.unwrap();
        }
        let rates = rates(&mut random);
        let attempts_max = random.u32(1..5);
        let policy = RetryPolicy { attempts_max, ..RetryPolicy::default() };
        let faulty = Database::new(Retry::new(Faults::new(wrap(memory), rates, seed).unwrap(), policy).unwrap());
        Self { random, faulty, sound, figures: Figures::default(), receipts: BTreeMap::new() }
    }

    async fn write(&mut self, number: u32) -> Result<(), String> {
        match self.random.u8(0..8) {
            0..=2 => self.transfer(number).await,
            3 => self.overwrite_many(number).await,
            kind => self.write_slot(kind, number).await,
        }
    }

    fn count(&mut self, report: Report) {
        match report {
            Report::Done => self.figures.done += 1,
            Report::NotDone => self.figures.not_done += 1,
            Report::Unknown => self.figures.unknown += 1,
        }
    }

    /// Moves an amount from one account to another, with a receipt.
    async fn transfer(&mut self, id: u32) -> Result<(), String> {
        let (from, to) = (self.random.u32(0..ACCOUNTS), self.random.u32(0..ACCOUNTS));
        if from == to {
            return Ok(());
        }
        let receipt = Receipt { id, from, to, amount: self.random.i64(1..80) };
        let account = |id| Account { id, balance: 0 };
        let mut transfer = Transaction::new();
        transfer
            .update(&account(from), Account::BALANCE.add(-receipt.amount))
            .condition(Account::BALANCE.gte(receipt.amount));
        transfer.update(&account(to), Account::BALANCE.add(receipt.amount));
        transfer.create(&receipt);
        let report = match transfer.run(&self.faulty).await {
            Ok(()) => Report::Done,
            Err(Error::TransactionCanceled(canceled)) => of_request(&canceled.error),
            Err(error) => of_driver(&error)?,
        };
        self.count(report);
        self.receipts.insert(id, (receipt, report));
        self.check_money().await
    }

    /// Checks that the balances are those that the receipts in the table lead to, and that the reports of the transfers are true.
    async fn check_money(&mut self) -> Result<(), String> {
        let mut expected: BTreeMap<u32, i64> = (0..ACCOUNTS).map(|id| (id, OPENING_BALANCE)).collect();
        for (receipt, report) in self.receipts.values_mut() {
            let is_stored = match Receipt::get_by_key(receipt.id, &self.sound).await {
                Ok(stored) if stored == *receipt => true,
                Ok(stored) => return Err(format!("another receipt is stored: {stored:?}")),
                Err(Error::ObjectDoesNotExist { .. }) => false,
                Err(error) => return Err(error.to_string()),
            };
            match (*report, is_stored) {
                (Report::Done, false) => return Err(format!("lost: {receipt:?}")),
                (Report::NotDone, true) => return Err(format!("done, though reported as not done: {receipt:?}")),
                // Nothing that was unknown changes later.
                (_, true) => *report = Report::Done,
                (_, false) => *report = Report::NotDone,
            }
            if is_stored {
                *expected.entry(receipt.from).or_default() -= receipt.amount;
                *expected.entry(receipt.to).or_default() += receipt.amount;
            }
        }
        let accounts = Account::objects().scan().all(&self.sound).await.map_err(|error| error.to_string())?;
        let found: BTreeMap<u32, i64> = accounts.into_iter().map(|account| (account.id, account.balance)).collect();
        let sum: i64 = found.values().sum();
        if sum != i64::from(ACCOUNTS) * OPENING_BALANCE {
            return Err(format!("the sum of all accounts is {sum}: {found:?}"));
        }
        if found == expected { Ok(()) } else { Err(format!("{found:?} instead of {expected:?}")) }
    }

    async fn slots(&self) -> Result<BTreeMap<u32, u32>, String> {
        let slots = Slot::objects().scan().all(&self.sound).await.map_err(|error| error.to_string())?;
        Ok(slots.into_iter().map(|slot| (slot.id, slot.number)).collect())
    }

    /// Writes one slot: saves, creates, updates or deletes it, some of these with a condition.
    async fn write_slot(&mut self, kind: u8, number: u32) -> Result<(), String> {
        let mut slot = Slot { id: self.random.u32(0..4), number };
        let id = slot.id;
        let before = self.slots().await?;
        let present = before.get(&id).copied();
        let expected = present.unwrap_or(self.random.u32(0..WRITES));
        let (written, wanted) = match kind {
            4 => (slot.save(&self.faulty).await, Some(number)),
            5 => (slot.create(&self.faulty).await, Some(number)),
            6 => {
                let is_expected = Slot::NUMBER.eq(expected);
                (slot.update(Slot::NUMBER.set(number), &self.faulty).condition(is_expected).await, Some(number))
            }
            _ if self.random.bool() => (slot.delete(&self.faulty).await, None),
            _ => (slot.delete(&self.faulty).condition(Slot::NUMBER.eq(expected)).await, None),
        };
        let after = self.slots().await?;
        let found = after.get(&id).copied();
        let report = match written {
            Ok(()) => Report::Done,
            // Either the item existed before, or an attempt created it whose response was lost.
            Err(Error::ObjectAlreadyExists { .. }) if found.is_some() => {
                if present.is_some() {
                    Report::NotDone
                } else {
                    Report::Done
                }
            }
            Err(Error::ConditionFailed { .. } | Error::ObjectDoesNotExist { .. }) => Report::NotDone,
            Err(error) => of_driver(&error)?,
        };
        self.count(report);
        let others = |slots: &BTreeMap<u32, u32>| {
            slots.iter().filter(|(other, _)| **other != id).map(|(id, number)| (*id, *number)).collect::<Vec<_>>()
        };
        let is_true = match report {
            Report::Done => found == wanted,
            Report::NotDone => found == present,
            Report::Unknown => found == wanted || found == present,
        };
        if is_true && others(&before) == others(&after) {
            return Ok(());
        }
        Err(format!("kind {kind}, slot {id} {report:?}: {present:?} became {found:?} instead of {wanted:?}"))
    }

    /// Replaces many slots by one call.
    async fn overwrite_many(&mut self, number: u32) -> Result<(), String> {
        let count = self.random.u32(1..SLOTS);
        let mut values: Vec<Slot> = (0..count).map(|id| Slot { id, number }).collect();
        let before = self.slots().await?;
        let written = Slot::objects().bulk_create(&mut values, OnConflict::Overwrite, &self.faulty).await;
        let after = self.slots().await?;
        let mut reports: BTreeMap<u32, Report> = (0..count).map(|id| (id, Report::Done)).collect();
        match written {
            Ok(report) if report.written.len() == values.len() => {}
            Ok(report) => return Err(format!("{} of {count} are reported as written", report.written.len())),
            Err(Error::WritesIncomplete(incomplete)) => {
                reports.extend(ids(&incomplete.unprocessed).map(|id| (id, Report::NotDone)));
                reports.extend(ids(&incomplete.unknown).map(|id| (id, Report::Unknown)));
                let done = reports.values().filter(|report| **report == Report::Done).count() as u64;
                if done != incomplete.done {
                    return Err(format!("{} are reported as done, and {done} are left", incomplete.done));
                }
            }
            Err(error) => {
                let report = of_driver(&error)?;
                reports = (0..count).map(|id| (id, report)).collect();
            }
        }
        for (id, report) in reports {
            self.count(report);
            let (present, found) = (before.get(&id).copied(), after.get(&id).copied());
            let is_true = match report {
                Report::Done => found == Some(number),
                Report::NotDone => found == present,
                Report::Unknown => found == Some(number) || found == present,
            };
            if !is_true {
                return Err(format!("bulk_create, slot {id} {report:?}: {present:?} became {found:?}"));
            }
        }
        Ok(())
    }
}

/// Returns the report of an error of the driver.
fn of_driver(error: &Error) -> Result<Report, String> {
    match error {
        Error::Driver(error) => Ok(of_request(error)),
        other => Err(format!("an error of another kind: {other}")),
    }
}

fn of_request(error: &DriverError) -> Report {
    if error.applied() == Applied::No { Report::NotDone } else { Report::Unknown }
}

fn ids(keys: &[Item]) -> impl Iterator<Item = u32> {
    let id = |key: &Item| key.get("id").and_then(AttributeValue::as_n).and_then(Number::to_i128);
    keys.iter().filter_map(move |key| u32::try_from(id(key)?).ok())
}

/// A driver that reports every transaction as done and makes none.
#[derive(Debug)]
struct Forgetful(MemoryDriver);

#[async_trait]
impl Driver for Forgetful {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn capability(&self) -> Capability {
        self.0.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        match plan {
            QueryPlan::TransactWriteItems(_) => Ok(TransactWriteItemsOutput::default().into()),
            plan => self.0.execute(plan).await,
        }
    }
}

#[test]
fn a_driver_that_loses_transfers_is_detected() {
    let losses: Vec<String> = (0..5).filter_map(|seed| run_over(seed, Forgetful).err()).collect();
    assert!(losses.len() == 5 && losses.iter().all(|loss| loss.contains("lost: Receipt")), "{losses:?}");
}
