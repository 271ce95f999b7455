//! Querysets of random shape against a plain vector, filtered and sorted.

use djamodb::model::Filter;
use djamodb::prelude::*;
use djamodb::value::Item;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::models::{Event, database};

/// A queryset as data, so that a failing one can be read.
#[derive(Clone, Debug)]
struct Shape {
    read: Reading,
    filters: Vec<Lookup>,
    limit: Option<usize>,
    forward: bool,
}

#[derive(Clone, Copy, Debug)]
enum Reading {
    Table,
    Kind,
    Size,
    /// Everything, in no order.
    Scan,
    /// An index, whole.
    ScanKinds,
    /// What the planner finds when it is only told the kind.
    Chosen,
}

/// A lookup, also as data.
#[derive(Clone, Debug)]
pub(crate) enum Lookup {
    At(Operator, i64, i64),
    AtIn(Vec<i64>),
    Level(Operator, i32, i32),
    Size(Operator, u32, u32),
    Kind(&'static str),
    KindIn(Vec<&'static str>),
    KindStartsWith(&'static str),
    KindMissing,
    Note(&'static str),
    DeviceIn(Vec<&'static str>),
    Tag(&'static str),
    Fields(Pair, Operator),
    Not(Box<Lookup>),
    Or(Box<Lookup>, Box<Lookup>),
    And(Box<Lookup>, Box<Lookup>),
    Xor(Box<Lookup>, Box<Lookup>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
}

/// Two attributes to compare, of keys and of others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pair {
    KindWithNote,
    KindWithDevice,
    DeviceWithOwner,
    NoteWithKind,
    AtWithItself,
    SizeWithItself,
}

const DEVICES: [&str; 3] = ["a", "b", "nobody"];
const PAIRS: [Pair; 6] = [
    Pair::KindWithNote,
    Pair::KindWithDevice,
    Pair::DeviceWithOwner,
    Pair::NoteWithKind,
    Pair::AtWithItself,
    Pair::SizeWithItself,
];
const KINDS: [&str; 4] = ["door", "doorbell", "window", "fire"];

impl Lookup {
    pub(crate) fn q(&self) -> Q<Event> {
        match self {
            Self::At(operator, low, high) => compare(Event::AT, *operator, *low, *high),
            Self::AtIn(values) => Event::AT.is_in(values.clone()),
            Self::Level(operator, low, high) => {
                compare(Event::LEVEL, *operator, f64::from(*low) / 2.0, f64::from(*high) / 2.0)
            }
            Self::Size(operator, low, high) => compare(Event::SIZE, *operator, *low, *high),
            Self::Kind(kind) => Event::KIND.eq(*kind),
            Self::KindIn(kinds) => Event::KIND.is_in(kinds.clone()),
            Self::KindStartsWith(prefix) => Event::KIND.startswith(*prefix),
            Self::KindMissing => Event::KIND.not_exists(),
            Self::Note(part) => Event::NOTE.contains(*part),
            Self::DeviceIn(devices) => Event::DEVICE.is_in(devices.clone()),
            Self::Tag(tag) => Event::TAGS.contains(*tag),
            Self::Fields(pair, operator) => match pair {
                Pair::KindWithNote => compare_fields(Event::KIND, *operator, F(Event::NOTE)),
                Pair::KindWithDevice => compare_fields(Event::KIND, *operator, F(Event::DEVICE)),
                Pair::DeviceWithOwner => compare_fields(Event::DEVICE, *operator, F(Event::OWNER)),
                Pair::NoteWithKind => compare_fields(Event::NOTE, *operator, F(Event::KIND)),
                Pair::AtWithItself => compare_fields(Event::AT, *operator, F(Event::AT)),
                Pair::SizeWithItself => compare_fields(Event::SIZE, *operator, F(Event::SIZE)),
            },
            Self::Not(lookup) => !lookup.q(),
            Self::Or(left, right) => left.q() | right.q(),
            Self::And(left, right) => left.q() & right.q(),
            Self::Xor(left, right) => left.q() ^ right.q(),
        }
    }
}

impl Lookup {
    /// Whether the planner may take this for the hash key of the table.
    fn names_a_device(&self) -> bool {
        match self {
            Self::DeviceIn(_) => true,
            // `!!` is nothing.
            Self::Not(inner) => inner.names_a_device(),
            Self::And(left, right) | Self::Or(left, right) | Self::Xor(left, right) => {
                left.names_a_device() || right.names_a_device()
            }
            _ => false,
        }
    }
}

fn filtered(queryset: &QuerySet<Event>, shape: &Shape) -> QuerySet<Event> {
    shape.filters.iter().fold(queryset.clone(), |queryset, lookup| queryset.filter(lookup.q()))
}

fn compare<T, K>(attribute: Attribute<Event, T, K>, operator: Operator, low: T::Operand, high: T::Operand) -> Q<Event>
where
    T: AttributeType,
    T::Operand: djamodb::model::Ordered,
{
    match operator {
        Operator::Eq => attribute.eq(low),
        Operator::Ne => attribute.ne(low),
        Operator::Lt => attribute.lt(low),
        Operator::Lte => attribute.lte(low),
        Operator::Gt => attribute.gt(low),
        Operator::Gte => attribute.gte(low),
        Operator::Between => attribute.between(low, high),
    }
}

fn compare_fields<T, K, U, L>(attribute: Attribute<Event, T, K>, operator: Operator, other: F<Event, U, L>) -> Q<Event>
where
    T: AttributeType,
    T::Operand: djamodb::model::Ordered,
    U: AttributeType<Operand = T::Operand>,
{
    match operator {
        Operator::Eq => attribute.eq(other),
        Operator::Ne => attribute.ne(other),
        Operator::Lt => attribute.lt(other),
        Operator::Lte => attribute.lte(other),
        Operator::Gt => attribute.gt(other),
        Operator::Gte => attribute.gte(other),
        Operator::Between => attribute.between(other.clone(), other),
    }
}

/// What a filter means, item by item, without the planner.
pub(crate) fn holds(filter: &Filter, item: &Item) -> bool {
    match filter {
        Filter::Lookup(lookup) => lookup.condition().holds_for(item),
        Filter::All(filters) => filters.iter().all(|filter| holds(filter, item)),
        Filter::Any(filters) => filters.iter().any(|filter| holds(filter, item)),
        Filter::Not(filter) => !holds(filter, item),
        Filter::Invalid(error) => panic!("{error}"),
    }
}

fn operator() -> impl Strategy<Value = Operator> {
    use Operator::{Between, Eq, Gt, Gte, Lt, Lte, Ne};
    select(vec![Eq, Ne, Lt, Lte, Gt, Gte, Between])
}

pub(crate) fn lookup() -> impl Strategy<Value = Lookup> {
    let leaf = prop_oneof![
        4 => (operator(), -1..13_i64, -1..13_i64).prop_map(|(operator, low, high)| Lookup::At(operator, low, high)),
        2 => subsequence((0..12_i64).collect::<Vec<_>>(), 0..5).prop_shuffle().prop_map(Lookup::AtIn),
        2 => (operator(), 0..6, 0..6).prop_map(|(operator, low, high)| Lookup::Level(operator, low, high)),
        2 => (operator(), 0..6_u32, 0..6_u32).prop_map(|(operator, low, high)| Lookup::Size(operator, low, high)),
        1 => select(KINDS.to_vec()).prop_map(Lookup::Kind),
        1 => subsequence(KINDS.to_vec(), 0..4).prop_map(Lookup::KindIn),
        1 => select(vec!["", "d", "door", "w", "x"]).prop_map(Lookup::KindStartsWith),
        1 => Just(Lookup::KindMissing),
        1 => select(vec!["", "1", "note"]).prop_map(Lookup::Note),
        1 => subsequence(DEVICES.to_vec(), 0..4).prop_map(Lookup::DeviceIn),
        1 => select(vec!["x", "y"]).prop_map(Lookup::Tag),
        3 => (select(PAIRS.to_vec()), operator()).prop_map(|(pair, operator)| Lookup::Fields(pair, operator)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|lookup| Lookup::Not(Box::new(lookup))),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| Lookup::Or(Box::new(left), Box::new(right))),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| Lookup::And(Box::new(left), Box::new(right))),
            (inner.clone(), inner).prop_map(|(left, right)| Lookup::Xor(Box::new(left), Box::new(right))),
        ]
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    (
        select(vec![Reading::Table, Reading::Kind, Reading::Size, Reading::Scan, Reading::ScanKinds, Reading::Chosen]),
        prop::collection::vec(lookup(), 0..4),
        prop::option::of(0..8_usize),
        any::<bool>(),
    )
        .prop_map(|(read, filters, limit, forward)| Shape { read, filters, limit, forward })
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    (
        select(vec!["a", "b"]),
        0..12_i64,
        prop::option::of(select(KINDS.to_vec())),
        0..6,
        prop::option::of(0..6_u32),
        prop::option::of(select(vec!["note 0", "note 1", "door", "fire"])),
        prop::option::of(select(DEVICES.to_vec())),
        prop::bool::ANY,
    )
        .prop_map(|(device, at, kind, level, size, note, owner, tagged)| Event {
            kind: kind.map(str::to_owned),
            level: f64::from(level) / 2.0,
            size,
            note: note.map(str::to_owned),
            owner: owner.map(str::to_owned),
            tags: if tagged { ["x".to_owned()].into() } else { [].into() },
            ..Event::new(device, at)
        })
}

/// The items that a queryset must give, in an order in which the range key never falls.
fn expected(events: &[Event], shape: &Shape, in_partition: impl Fn(&Event) -> bool) -> Vec<Event> {
    let filters: Vec<Filter> = shape.filters.iter().map(|lookup| lookup.q().into_filter()).collect();
    let mut found: Vec<Event> = events
        .iter()
        .filter(|event| {
            let item = event.to_item().unwrap();
            in_partition(event) && filters.iter().all(|filter| holds(filter, &item))
        })
        .cloned()
        .collect();
    match shape.read {
        Reading::Table => found.sort_by_key(|event| event.at),
        Reading::Kind | Reading::Chosen => found.sort_by(|left, right| left.level.total_cmp(&right.level)),
        Reading::Size => found.sort_by_key(|event| event.size),
        Reading::Scan | Reading::ScanKinds => {}
    }
    if !shape.forward {
        found.reverse();
    }
    found
}

/// The range key of what is read; items of the same one may come in any order.
fn position(event: &Event, read: Reading) -> f64 {
    match read {
        Reading::Table => f64::from(i32::try_from(event.at).unwrap()),
        Reading::Kind | Reading::Chosen => event.level,
        Reading::Scan | Reading::ScanKinds => 0.0,
        Reading::Size => f64::from(event.size.unwrap_or_default()),
    }
}

async fn check<I: Index<Model = Event>>(
    db: &Database,
    start: QuerySet<Event, I>,
    shape: &Shape,
    whole: Vec<Event>,
) -> Result<(), TestCaseError> {
    let mut queryset = start.set_scan_index_forward(shape.forward);
    for lookup in &shape.filters {
        queryset = queryset.filter(lookup.q());
    }
    let all = queryset.all(db).await.unwrap();
    same_items(&all, &whole)?;
    for (found, expected) in all.iter().zip(&whole) {
        prop_assert!((position(found, shape.read) - position(expected, shape.read)).abs() < 1e-9, "order: {all:?}");
    }
    prop_assert_eq!(queryset.count(db).await.unwrap(), whole.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !whole.is_empty());
    let (first, last) = (queryset.first(db).await.unwrap(), queryset.last(db).await.unwrap());
    prop_assert_eq!((first.as_ref(), last.as_ref()), (all.first(), all.last()));
    let limit = shape.limit.unwrap_or(3);
    let limited = queryset.set_limit(limit);
    prop_assert_eq!(&limited.all(db).await.unwrap()[..], &all[..limit.min(all.len())]);
    prop_assert_eq!(limited.count(db).await.unwrap(), limit.min(all.len()) as u64);
    let (mut pages, mut token) = (Vec::new(), None);
    for _ in 0..100 {
        let next = limited.set_last_evaluated_key(token);
        let page = next.page(db).await.unwrap();
        prop_assert_eq!(&next.last_evaluated_key(db).await.unwrap(), &page.last_evaluated_key, "the token alone");
        pages.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            break;
        }
    }
    if limit > 0 {
        prop_assert_eq!(&pages, &all, "pages put together");
    }
    Ok(())
}

/// What holds of a scan, which has no order.
async fn check_scan<I: Index<Model = Event>>(
    db: &Database,
    start: QuerySet<Event, I>,
    shape: &Shape,
    whole: Vec<Event>,
) -> Result<(), TestCaseError> {
    let mut queryset = start.scan();
    for lookup in &shape.filters {
        queryset = queryset.filter(lookup.q());
    }
    same_items(&queryset.all(db).await.unwrap(), &whole)?;
    prop_assert_eq!(queryset.count(db).await.unwrap(), whole.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !whole.is_empty());
    let limit = shape.limit.unwrap_or(3);
    let limited = queryset.set_limit(limit);
    prop_assert_eq!(limited.all(db).await.unwrap().len(), limit.min(whole.len()));
    let (mut pages, mut token) = (Vec::new(), None);
    for _ in 0..100 {
        let page = limited.set_last_evaluated_key(token).page(db).await.unwrap();
        pages.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            break;
        }
    }
    if limit > 0 {
        same_items(&pages, &whole)?;
    }
    let parallel = queryset.parallel_scan(3);
    same_items(&parallel.all(db).await.unwrap(), &whole)?;
    same_items(&parallel.stream(db).try_collect::<Vec<_>>().await.unwrap(), &whole)?;
    prop_assert_eq!(parallel.count(db).await.unwrap(), whole.len() as u64);
    Ok(())
}

fn same_items(found: &[Event], expected: &[Event]) -> Result<(), TestCaseError> {
    let sorted = |events: &[Event]| {
        let mut events = events.to_vec();
        events.sort_by(|left, right| (&left.device, left.at).cmp(&(&right.device, right.at)));
        events
    };
    prop_assert_eq!(sorted(found), sorted(expected));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_queryset_gives_what_a_plain_vector_gives(
        events in prop::collection::vec(event(), 0..25),
        shapes in prop::collection::vec(shape(), 1..8),
        device in select(DEVICES.to_vec()),
        kind in select(KINDS.to_vec()),
    ) {
        let mut by_key = std::collections::BTreeMap::new();
        for event in events {
            by_key.insert((event.device.clone(), event.at), event);
        }
        let events: Vec<Event> = by_key.into_values().collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = database().await;
            for event in &events {
                event.clone().save(&db).await.unwrap();
            }
            for shape in &shapes {
                match shape.read {
                    Reading::Table => {
                        let whole = expected(&events, shape, |event| event.device == device);
                        check(&db, Event::objects().set_hash_key(device), shape, whole).await?;
                    }
                    Reading::Kind => {
                        let whole = expected(&events, shape, |event| event.kind.as_deref() == Some(kind));
                        check(&db, Event::kinds().set_hash_key(kind), shape, whole).await?;
                    }
                    Reading::Scan => {
                        let whole = expected(&events, shape, |_| true);
                        check_scan(&db, Event::objects().queryset(), shape, whole).await?;
                    }
                    Reading::ScanKinds => {
                        let whole = expected(&events, shape, |event| event.kind.is_some());
                        check_scan(&db, Event::kinds().queryset(), shape, whole).await?;
                    }
                    Reading::Chosen => {
                        let whole = expected(&events, shape, |event| event.kind.as_deref() == Some(kind));
                        let kinds = Event::objects().filter(Event::KIND.eq(kind));
                        let names_the_device = shape.filters.iter().any(Lookup::names_a_device);
                        if names_the_device {
                            // The table is read, or the index if the order does not matter; the items are the same.
                            let all = filtered(&kinds, shape).all(&db).await.unwrap();
                            same_items(&all, &whole)?;
                            prop_assert_eq!(filtered(&kinds, shape).count(&db).await.unwrap(), whole.len() as u64);
                        } else {
                            check(&db, kinds, shape, whole).await?;
                        }
                    }
                    Reading::Size => {
                        let whole = expected(&events, shape, |event| event.device == device && event.size.is_some());
                        let by_size = Event::objects().set_hash_key(device).set_index(Event::BY_SIZE);
                        check(&db, by_size, shape, whole).await?;
                    }
                }
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}
