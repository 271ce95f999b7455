//! Comparisons with values and with other attributes.

use djamodb::model::{Comparable, Ordered};
use djamodb::prelude::*;

use super::signal::Signal;

#[derive(Clone, Copy, Debug)]
pub(super) enum Operator {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
}

/// A pair of attributes to compare, some of them key attributes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pair {
    KindWithNote,
    KindWithDevice,
    DeviceWithOwner,
    NoteWithKind,
    AtWithItself,
    SizeWithItself,
}

pub(super) const OPERATORS: [Operator; 7] =
    [Operator::Eq, Operator::Ne, Operator::Lt, Operator::Lte, Operator::Gt, Operator::Gte, Operator::Between];

pub(super) const PAIRS: [Pair; 6] = [
    Pair::KindWithNote,
    Pair::KindWithDevice,
    Pair::DeviceWithOwner,
    Pair::NoteWithKind,
    Pair::AtWithItself,
    Pair::SizeWithItself,
];

impl Pair {
    pub(super) fn q(self, operator: Operator) -> Q<Signal> {
        match self {
            Self::KindWithNote => operator.compare_fields(Signal::KIND, F(Signal::NOTE)),
            Self::KindWithDevice => operator.compare_fields(Signal::KIND, F(Signal::DEVICE)),
            Self::DeviceWithOwner => operator.compare_fields(Signal::DEVICE, F(Signal::OWNER)),
            Self::NoteWithKind => operator.compare_fields(Signal::NOTE, F(Signal::KIND)),
            Self::AtWithItself => operator.compare_fields(Signal::AT, F(Signal::AT)),
            Self::SizeWithItself => operator.compare_fields(Signal::SIZE, F(Signal::SIZE)),
        }
    }
}

impl Operator {
    pub(super) fn compare<T, K>(
        self,
        attribute: Attribute<Signal, T, K>,
        low: T::Operand,
        high: T::Operand,
    ) -> Q<Signal>
    where
        T: AttributeType,
        T::Operand: Comparable + Ordered,
    {
        match self {
            Self::Eq => attribute.eq(low),
            Self::Ne => attribute.ne(low),
            Self::Lt => attribute.lt(low),
            Self::Lte => attribute.lte(low),
            Self::Gt => attribute.gt(low),
            Self::Gte => attribute.gte(low),
            Self::Between => attribute.between(low, high),
        }
    }

    fn compare_fields<T, K, U, L>(self, attribute: Attribute<Signal, T, K>, other: F<Signal, U, L>) -> Q<Signal>
    where
        T: AttributeType,
        T::Operand: Comparable + Ordered,
        U: AttributeType<Operand = T::Operand>,
    {
        match self {
            Self::Eq => attribute.eq(other),
            Self::Ne => attribute.ne(other),
            Self::Lt => attribute.lt(other),
            Self::Lte => attribute.lte(other),
            Self::Gt => attribute.gt(other),
            Self::Gte => attribute.gte(other),
            Self::Between => attribute.between(other.clone(), other),
        }
    }
}
