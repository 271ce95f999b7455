//! Keys that one transaction reads, and the items that it returns.

use std::fmt;
use std::vec::IntoIter;

use super::value_error;
use crate::database::Database;
use crate::error::{CanceledAction, Error};
use crate::model::{IntoItemKey, Model as _, ModelSchema};
use crate::planner::PlanError;
use crate::value::Item;

/// Items that [`Transaction::get`](super::Transaction::get) reads: a key or value of a model, several in a tuple of up to 8, or several of
/// one model in an array or a vector.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name items that a transaction can read",
    note = "pass keys (`Model::item_key(…)`) or values (`&value`): one, several in a tuple, or several of one model in an array or a \
            vector"
)]
pub trait TransactionReads {
    /// The items in the shape of the keys, `None` for a key without an item.
    type Output;

    /// Returns the keys, and the function that decodes their items.
    fn into_reads(self) -> Reads<Self::Output>;
}

/// Keys of items of several models, and the function that decodes the items.
pub struct Reads<T> {
    keys: Result<Vec<(&'static ModelSchema, Item)>, PlanError>,
    decode: Decode<T>,
}

/// Takes one response for each key, in their order.
type Decode<T> = Box<dyn FnOnce(&mut IntoIter<Option<Item>>, &Database) -> Result<T, Error> + Send>;

impl<T: 'static> Reads<T> {
    /// Returns the keys.
    pub(super) fn keys(&self) -> Result<&[(&'static ModelSchema, Item)], PlanError> {
        self.keys.as_deref().map_err(Clone::clone)
    }

    /// Decodes the responses to the keys.
    pub(super) fn decode(self, responses: Vec<Option<Item>>, db: &Database) -> Result<T, Error> {
        (self.decode)(&mut responses.into_iter(), db)
    }

    /// Returns the reads of `self` followed by those of `other`.
    fn then<U: 'static, V>(self, other: Reads<U>, join: impl FnOnce(T, U) -> V + Send + 'static) -> Reads<V> {
        let keys = self.keys.and_then(|mut keys| {
            keys.extend(other.keys?);
            Ok(keys)
        });
        let (first, second) = (self.decode, other.decode);
        Reads { keys, decode: Box::new(move |responses, db| Ok(join(first(responses, db)?, second(responses, db)?))) }
    }
}

impl<T> fmt::Debug for Reads<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reads").field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// Returns the read of a key as an action of a cancelled transaction.
pub(super) fn canceled((schema, key): &(&'static ModelSchema, Item), db: &Database) -> CanceledAction {
    CanceledAction {
        model: schema.model,
        method: "get",
        table: db.defaults().table_name(&schema.table.name),
        key: key.clone(),
        has_condition: false,
        held_version: None,
        returns_old_item: false,
        reason: None,
    }
}

impl<K: IntoItemKey> TransactionReads for K {
    type Output = Option<K::Model>;

    fn into_reads(self) -> Reads<Self::Output> {
        let key = self.into_item_key().into_item();
        let keys = key
            .map(|key| vec![(K::Model::schema(), key)])
            .map_err(|error| value_error(K::Model::schema(), None, None, error));
        let decode = |responses: &mut IntoIter<Option<Item>>, db: &Database| {
            let item = responses.next().flatten();
            item.map(|item| db.decode_owned(item)).transpose()
        };
        Reads { keys, decode: Box::new(decode) }
    }
}

impl<K: IntoItemKey> TransactionReads for Vec<K> {
    type Output = Vec<Option<K::Model>>;

    fn into_reads(self) -> Reads<Self::Output> {
        let each: Vec<Reads<Option<K::Model>>> = self.into_iter().map(TransactionReads::into_reads).collect();
        let mut keys = Ok(Vec::with_capacity(each.len()));
        let mut decoders = Vec::with_capacity(each.len());
        for reads in each {
            keys = keys.and_then(|mut keys: Vec<_>| {
                keys.extend(reads.keys?);
                Ok(keys)
            });
            decoders.push(reads.decode);
        }
        Reads {
            keys,
            decode: Box::new(|responses, db| decoders.into_iter().map(|decode| decode(responses, db)).collect()),
        }
    }
}

impl<K: IntoItemKey, const N: usize> TransactionReads for [K; N] {
    type Output = Vec<Option<K::Model>>;

    fn into_reads(self) -> Reads<Self::Output> {
        Vec::from(self).into_reads()
    }
}

impl<A: TransactionReads> TransactionReads for (A,)
where
    A::Output: 'static,
{
    type Output = (A::Output,);

    fn into_reads(self) -> Reads<Self::Output> {
        let Reads { keys, decode } = self.0.into_reads();
        Reads { keys, decode: Box::new(|responses, db| Ok((decode(responses, db)?,))) }
    }
}

// Each tuple is the reads of the one that is shorter by one, followed by the reads of its last field.
macro_rules! tuples {
    ($(($($first:ident)+, $last:ident)),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($first: TransactionReads,)+ $last: TransactionReads> TransactionReads for ($($first,)+ $last)
        where
            $($first::Output: 'static,)+
            $last::Output: 'static,
        {
            type Output = ($($first::Output,)+ $last::Output);

            #[allow(non_snake_case, reason = "the fields are named after their types")]
            fn into_reads(self) -> Reads<Self::Output> {
                let ($($first,)+ $last) = self;
                ($($first,)+).into_reads().then($last.into_reads(), |($($first,)+), last| ($($first,)+ last))
            }
        }
    )+};
}

tuples! {
    (A, B),
    (A B, C),
    (A B C, D),
    (A B C D, E),
    (A B C D E, F),
    (A B C D E F, G),
    (A B C D E F G, H),
}
