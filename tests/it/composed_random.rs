//! Random querysets over models that share a table, compared with a plain vector.

use std::cmp::Ordering;
use std::future::Future;

use chrono::NaiveDate;
use djamodb::MemoryDriver;
use djamodb::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "journal", discriminator = "type")]
#[model(hash_key(pk = "USER#{user}"), range_key(sk = "ENTRY#{topic}#{day}#{number:03}"))]
#[model(global_index(by_day, hash_key(gsi = "DAY#{day}"), range_key(gsi_range = "{topic}#{number:03}")))]
struct Entry {
    user: String,
    topic: String,
    day: NaiveDate,
    number: u16,
    size: u8,
}

/// Items in the same partitions, with keys between those of entries.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "journal", discriminator = "type")]
#[model(hash_key(pk = "USER#{user}"), range_key(sk = "{kind}"))]
struct Note {
    user: String,
    kind: String,
}

/// A lookup on a part, and the same test of a value.
#[derive(Clone, Debug)]
enum Lookup {
    User(String),
    Users(Vec<String>),
    Topic(Comparison, String),
    TopicStarts(String),
    Topics(Vec<String>),
    Day(Comparison, u8),
    Days(u8, u8),
    Number(Comparison, u16),
    Numbers(Vec<u16>),
    Size(Comparison, u8),
    Either(Box<Lookup>, Box<Lookup>),
    Not(Box<Lookup>),
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
}

impl Comparison {
    fn q<T, K>(self, attribute: Attribute<Entry, T, K>, value: T) -> Q<Entry>
    where
        T: AttributeType<Operand = T> + djamodb::model::Comparable + djamodb::model::Ordered,
    {
        match self {
            Self::Eq => attribute.eq(value),
            Self::Ne => attribute.ne(value),
            Self::Lt => attribute.lt(value),
            Self::Lte => attribute.lte(value),
            Self::Gt => attribute.gt(value),
            Self::Gte => attribute.gte(value),
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Lte => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Gte => order.is_ge(),
        }
    }
}

fn day(day: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 1, 1 + u32::from(day)).unwrap()
}

impl Lookup {
    fn q(&self) -> Q<Entry> {
        match self {
            Self::User(user) => Entry::USER.eq(user),
            Self::Users(users) => Entry::USER.is_in(users),
            Self::Topic(comparison, topic) => comparison.q(Entry::TOPIC, topic.clone()),
            Self::TopicStarts(start) => Entry::TOPIC.startswith(start),
            Self::Topics(topics) => Entry::TOPIC.is_in(topics),
            Self::Day(comparison, number) => comparison.q(Entry::DAY, day(*number)),
            Self::Days(low, high) => Entry::DAY.between(day(*low), day(*high)),
            Self::Number(comparison, number) => comparison.q(Entry::NUMBER, *number),
            Self::Numbers(numbers) => Entry::NUMBER.is_in(numbers.clone()),
            Self::Size(comparison, size) => comparison.q(Entry::SIZE, *size),
            Self::Either(one, other) => one.q() | other.q(),
            Self::Not(lookup) => !lookup.q(),
        }
    }

    fn holds(&self, entry: &Entry) -> bool {
        match self {
            Self::User(user) => entry.user == *user,
            Self::Users(users) => users.contains(&entry.user),
            Self::Topic(comparison, topic) => comparison.holds(entry.topic.cmp(topic)),
            Self::TopicStarts(start) => entry.topic.starts_with(start),
            Self::Topics(topics) => topics.contains(&entry.topic),
            Self::Day(comparison, number) => comparison.holds(entry.day.cmp(&day(*number))),
            Self::Days(low, high) => (day(*low)..=day(*high)).contains(&entry.day),
            Self::Number(comparison, number) => comparison.holds(entry.number.cmp(number)),
            Self::Numbers(numbers) => numbers.contains(&entry.number),
            Self::Size(comparison, size) => comparison.holds(entry.size.cmp(size)),
            Self::Either(one, other) => one.holds(entry) || other.holds(entry),
            Self::Not(lookup) => !lookup.holds(entry),
        }
    }
}

fn users() -> impl Strategy<Value = String> + Clone {
    "[ab]{1,2}"
}

fn topics() -> impl Strategy<Value = String> + Clone {
    "[a!z]{0,2}"
}

fn entries() -> impl Strategy<Value = Entry> {
    (users(), topics(), 0..4_u8, prop_oneof![0..4_u16, Just(120)], 0..4_u8).prop_map(
        |(user, topic, number_of_day, number, size)| Entry { user, topic, day: day(number_of_day), number, size },
    )
}

fn comparisons() -> impl Strategy<Value = Comparison> + Clone {
    use Comparison::{Eq, Gt, Gte, Lt, Lte, Ne};
    prop_oneof![3 => Just(Eq), 1 => Just(Ne), 1 => Just(Lt), 1 => Just(Lte), 1 => Just(Gt), 1 => Just(Gte)]
}

fn lookups() -> impl Strategy<Value = Lookup> {
    let leaf = prop_oneof![
        users().prop_map(Lookup::User),
        vec(users(), 0..3).prop_map(Lookup::Users),
        // A separator in a value is one that no topic has.
        (comparisons(), prop_oneof![4 => topics(), 1 => "[a#]{1,2}"]).prop_map(|(by, topic)| Lookup::Topic(by, topic)),
        prop_oneof![4 => topics(), 1 => "[a#]{1,2}"].prop_map(Lookup::TopicStarts),
        vec(topics(), 0..3).prop_map(Lookup::Topics),
        (comparisons(), 0..5_u8).prop_map(|(by, number)| Lookup::Day(by, number)),
        (0..5_u8, 0..5_u8).prop_map(|(low, high)| Lookup::Days(low, high)),
        (comparisons(), prop_oneof![0..5_u16, Just(999), Just(1000)])
            .prop_map(|(by, number)| Lookup::Number(by, number)),
        vec(0..5_u16, 0..3).prop_map(Lookup::Numbers),
        (comparisons(), 0..4_u8).prop_map(|(by, size)| Lookup::Size(by, size)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            3 => inner.clone(),
            1 => (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Lookup::Either(Box::new(one), Box::new(other))),
            1 => inner.prop_map(|lookup| Lookup::Not(Box::new(lookup))),
        ]
    })
}

fn run(test: impl Future<Output = Result<(), TestCaseError>>) -> Result<(), TestCaseError> {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test)
}

fn failed(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

fn sort_key(entry: &Entry) -> String {
    let text =
        |name: &str| entry.to_item().unwrap().get(name).and_then(|value| value.as_s().map(str::to_owned)).unwrap();
    format!("{}\0{}", text("pk"), text("sk"))
}

/// Returns entries, and of several with one key the last.
fn distinct(entries: Vec<Entry>) -> Vec<Entry> {
    entries
        .into_iter()
        .map(|entry| (sort_key(&entry), entry))
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_values()
        .collect()
}

/// Returns the items of all pages.
async fn pages(queryset: &QuerySet<Entry>, db: &Database) -> Result<Vec<Entry>, TestCaseError> {
    let (mut items, mut token) = (Vec::new(), None);
    loop {
        let page = queryset.set_last_evaluated_key(token).page(db).await.map_err(failed)?;
        items.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            return Ok(items);
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn querysets_over_composed_keys_are_those_of_a_vector(
        entries in vec(entries(), 0..24),
        notes in vec((users(), "(ENTRY|ENTRZ|E|note)"), 0..6),
        lookups in vec(lookups(), 0..4),
        user in proptest::option::of(users()),
        limit in proptest::option::of(0..6_usize),
        forward in any::<bool>(),
    ) {
        run(async {
            let db = Database::new(MemoryDriver::new());
            db.create_tables(&[Entry::schema(), Note::schema()]).await.map_err(failed)?;
            for mut entry in entries.clone() {
                entry.save(&db).await.map_err(failed)?;
            }
            for (user, kind) in notes {
                Note { user, kind }.save(&db).await.map_err(failed)?;
            }
            let mut expected = distinct(entries);
            expected.retain(|entry| user.as_ref().is_none_or(|user| entry.user == *user));
            expected.retain(|entry| lookups.iter().all(|lookup| lookup.holds(entry)));
            let queryset = lookups.iter().fold(Entry::objects().scan(), |queryset, lookup| queryset.filter(lookup.q()));
            let queryset = if let Some(user) = &user { queryset.set_hash_key(user) } else { queryset };
            let mut found = queryset.all(&db).await.map_err(failed)?;
            if user.is_some() {
                prop_assert_eq!(&found, &expected, "{}", queryset.explain().map_err(failed)?);
            } else {
                found.sort_by_key(sort_key);
                prop_assert_eq!(&found, &expected, "{}", queryset.explain().map_err(failed)?);
            }
            prop_assert_eq!(queryset.count(&db).await.map_err(failed)?, u64::try_from(expected.len()).unwrap());
            prop_assert_eq!(queryset.exists(&db).await.map_err(failed)?, !expected.is_empty());
            if let (Some(_), Some(limit)) = (&user, limit) {
                let mut limited = expected.clone();
                if !forward {
                    limited.reverse();
                }
                limited.truncate(limit);
                let queryset = queryset.set_limit(limit).set_scan_index_forward(forward);
                prop_assert_eq!(queryset.all(&db).await.map_err(failed)?, limited, "{}", queryset.explain().map_err(failed)?);
                if limit > 0 {
                    let mut paged = pages(&queryset, &db).await?;
                    if !forward {
                        paged.reverse();
                    }
                    prop_assert_eq!(paged, expected);
                }
            }
            Ok(())
        })?;
    }
}
