//! Random sources of reads as data.

use djamodb::prelude::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::signal::{DEVICES, KINDS, NOTES, Signal};

/// The source of a read.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    Table(&'static str),
    /// Several partitions of the table.
    Devices(Vec<&'static str>),
    /// A sparse global index that projects whole items.
    Kind(&'static str),
    /// A global index whose hash key is a number, here in multiples of 0.5.
    Level(i32),
    /// A local index that projects whole items.
    Size(&'static str),
    /// A local index that projects keys.
    OwnersOf(&'static str),
    /// A global index without a range key that projects keys.
    Owner(&'static str),
    /// A global index that projects some attributes.
    Note(&'static str),
    /// A global index with two hash key and two range key attributes.
    OwnerAndKind(&'static str, &'static str),
    /// The index that the planner chooses for a lookup on the kind.
    Chosen(&'static str),
    /// The index that the planner chooses for lookups on the kind and the owner.
    ChosenByTwo(&'static str, &'static str),
    /// A scan of the table.
    Scan,
    /// A scan of an index.
    ScanKinds,
}

impl Reading {
    /// Returns `true` if the source contains `signal`.
    pub(super) fn contains(&self, signal: &Signal) -> bool {
        let (kind, owner) = (signal.kind.as_deref(), signal.owner.as_deref());
        match self {
            Self::Table(device) => signal.device == *device,
            Self::Devices(devices) => devices.contains(&signal.device.as_str()),
            Self::Kind(expected) | Self::Chosen(expected) => kind == Some(*expected),
            Self::Level(level) => (signal.level - f64::from(*level) / 2.0).abs() < 1e-9,
            Self::Size(device) => signal.device == *device && signal.size.is_some(),
            Self::OwnersOf(device) => signal.device == *device && signal.owner.is_some(),
            Self::Owner(expected) => owner == Some(*expected),
            Self::Note(note) => signal.note.as_deref() == Some(*note),
            Self::OwnerAndKind(expected, of_kind) | Self::ChosenByTwo(expected, of_kind) => {
                owner == Some(*expected) && kind == Some(*of_kind)
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

    /// Returns `true` if the source does not project whole items.
    pub(super) fn is_partial(&self) -> bool {
        matches!(self, Self::Owner(_) | Self::Note(_))
    }

    /// Calls `to` with the queryset of the source, whose type depends on the index.
    pub(super) async fn with_queryset<T: WithQuerySet>(&self, to: T) -> T::Output {
        let all = Signal::objects();
        match self {
            Self::Table(device) => to.call(all.set_hash_key(*device)).await,
            Self::Devices(devices) => to.call(all.filter(Signal::DEVICE.is_in(devices.clone()))).await,
            Self::Kind(kind) => to.call(Signal::kinds().set_hash_key(*kind)).await,
            Self::Level(level) => to.call(all.set_index(Signal::BY_LEVEL).set_hash_key(f64::from(*level) / 2.0)).await,
            Self::Size(device) => to.call(all.set_hash_key(*device).set_index(Signal::BY_SIZE)).await,
            Self::OwnersOf(device) => to.call(all.set_hash_key(*device).set_index(Signal::OWNERS)).await,
            Self::Owner(owner) => to.call(all.set_index(Signal::BY_OWNER).set_hash_key(*owner)).await,
            Self::Note(note) => to.call(all.set_index(Signal::BY_NOTE).set_hash_key(*note)).await,
            Self::OwnerAndKind(owner, kind) => {
                to.call(all.set_index(Signal::BY_OWNER_AND_KIND).set_hash_key((*owner, *kind))).await
            }
            Self::Chosen(kind) => to.call(all.filter(Signal::KIND.eq(*kind))).await,
            Self::ChosenByTwo(owner, kind) => {
                to.call(all.filter(Signal::KIND.eq(*kind) & Signal::OWNER.eq(*owner))).await
            }
            Self::Scan => to.call(all.scan()).await,
            Self::ScanKinds => to.call(Signal::kinds().scan()).await,
        }
    }
}

/// A function that is generic over the index of a queryset.
pub(super) trait WithQuerySet<M: Model = Signal> {
    type Output;

    async fn call<I: Index<Model = M>>(self, start: QuerySet<M, M, I>) -> Self::Output;
}

pub(super) fn reading() -> impl Strategy<Value = Reading> {
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
    let by_two = (device(), kind()).prop_map(|(owner, kind)| Reading::OwnerAndKind(owner, kind));
    let chosen_by_two = (device(), kind()).prop_map(|(owner, kind)| Reading::ChosenByTwo(owner, kind));
    prop_oneof![6 => of_one, 1 => by_two, 1 => chosen_by_two]
}
