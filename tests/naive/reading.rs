//! What is read, as data.

use djamodb::prelude::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::IndexKeys;
use super::signal::{DEVICES, KINDS, NOTES, Signal};

/// What is read.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    Table(&'static str),
    /// Several partitions of the table.
    Devices(Vec<&'static str>),
    /// A global index of whole items, not all of which are in it.
    Kind(&'static str),
    /// A global index whose hash key is a number, in halves.
    Level(i32),
    /// A local index of whole items.
    Size(&'static str),
    /// A local index of keys.
    OwnersOf(&'static str),
    /// A global index of keys, without a range key.
    Owner(&'static str),
    /// A global index of some attributes.
    Note(&'static str),
    /// A global index whose hash and range keys are of two attributes each.
    OwnerAndKind(&'static str, &'static str),
    /// What the planner finds when it is only told the kind.
    Chosen(&'static str),
    /// What it finds when it is told the owner too.
    ChosenByTwo(&'static str, &'static str),
    /// Everything, in no order.
    Scan,
    /// An index, whole.
    ScanKinds,
}

impl Reading {
    /// Whether an item is in what is read.
    pub(super) fn contains(&self, signal: &Signal) -> bool {
        let (kind, owner) = (signal.kind.as_deref(), signal.owner.as_deref());
        match self {
            Self::Table(device) => signal.device == *device,
            Self::Devices(devices) => devices.contains(&signal.device.as_str()),
            Self::Kind(wanted) | Self::Chosen(wanted) => kind == Some(*wanted),
            Self::Level(level) => (signal.level - f64::from(*level) / 2.0).abs() < 1e-9,
            Self::Size(device) => signal.device == *device && signal.size.is_some(),
            Self::OwnersOf(device) => signal.device == *device && signal.owner.is_some(),
            Self::Owner(wanted) => owner == Some(*wanted),
            Self::Note(note) => signal.note.as_deref() == Some(*note),
            Self::OwnerAndKind(wanted, of_kind) | Self::ChosenByTwo(wanted, of_kind) => {
                owner == Some(*wanted) && kind == Some(*of_kind)
            }
            Self::Scan => true,
            Self::ScanKinds => kind.is_some(),
        }
    }

    pub(super) fn can_be_consistent(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Devices(_) | Self::Size(_) | Self::OwnersOf(_) | Self::Scan)
    }

    pub(super) fn is_scan(&self) -> bool {
        matches!(self, Self::Scan | Self::ScanKinds)
    }

    /// Whether what is read does not hold whole items.
    pub(super) fn is_partial(&self) -> bool {
        matches!(self, Self::Owner(_) | Self::Note(_))
    }

    /// Gives the queryset, of whatever index it is.
    pub(super) async fn give<T: Take>(&self, to: T) -> T::Output {
        let all = Signal::objects();
        match self {
            Self::Table(device) => to.take(all.set_hash_key(*device)).await,
            Self::Devices(devices) => to.take(all.filter(Signal::DEVICE.is_in(devices.clone()))).await,
            Self::Kind(kind) => to.take(Signal::kinds().set_hash_key(*kind)).await,
            Self::Level(level) => to.take(all.set_index(Signal::BY_LEVEL).set_hash_key(f64::from(*level) / 2.0)).await,
            Self::Size(device) => to.take(all.set_hash_key(*device).set_index(Signal::BY_SIZE)).await,
            Self::OwnersOf(device) => to.take(all.set_hash_key(*device).set_index(Signal::OWNERS)).await,
            Self::Owner(owner) => to.take(all.set_index(Signal::BY_OWNER).set_hash_key(*owner)).await,
            Self::Note(note) => to.take(all.set_index(Signal::BY_NOTE).set_hash_key(*note)).await,
            Self::OwnerAndKind(owner, kind) => {
                to.take(all.set_index(Signal::BY_OWNER_AND_KIND).set_hash_key((*owner, *kind))).await
            }
            Self::Chosen(kind) => to.take(all.filter(Signal::KIND.eq(*kind))).await,
            Self::ChosenByTwo(owner, kind) => {
                to.take(all.filter(Signal::KIND.eq(*kind) & Signal::OWNER.eq(*owner))).await
            }
            Self::Scan => to.take(all.scan()).await,
            Self::ScanKinds => to.take(Signal::kinds().scan()).await,
        }
    }
}

/// What takes a queryset of any index.
pub(super) trait Take {
    type Output;

    async fn take<I: Index<Model = Signal>>(self, start: QuerySet<Signal, Signal, I>) -> Self::Output;
}

pub(super) fn reading(keys: IndexKeys) -> impl Strategy<Value = Reading> {
    let (device, kind) = (|| select(DEVICES.to_vec()), || select(KINDS.to_vec()));
    let of_one = prop_oneof![
        2 => device().prop_map(Reading::Table),
        1 => subsequence(DEVICES.to_vec(), 1..4).prop_shuffle().prop_map(Reading::Devices),
        1 => kind().prop_map(Reading::Kind),
        1 => (0..6).prop_map(Reading::Level),
        1 => device().prop_map(Reading::Size),
        1 => device().prop_map(Reading::OwnersOf),
        1 => device().prop_map(Reading::Owner),
        1 => select(NOTES.to_vec()).prop_map(Reading::Note),
        1 => kind().prop_map(Reading::Chosen),
        1 => Just(Reading::Scan),
        1 => Just(Reading::ScanKinds),
    ];
    if !keys.of_several_attributes {
        return of_one.boxed();
    }
    let by_two = (device(), kind()).prop_map(|(owner, kind)| Reading::OwnerAndKind(owner, kind));
    let chosen_by_two = (device(), kind()).prop_map(|(owner, kind)| Reading::ChosenByTwo(owner, kind));
    prop_oneof![6 => of_one, 1 => by_two, 1 => chosen_by_two].boxed()
}
