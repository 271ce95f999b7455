//! Comparisons of sizes with numbers, with attributes and with each other.

use djamodb::model::{Size, SizeOperand};
use djamodb::prelude::*;

use super::fields::Operator;
use super::signal::Signal;

/// An attribute with a size, some of them key attributes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sized {
    Device,
    Kind,
    Note,
    Tags,
}

/// The right side of a comparison with a size.
#[derive(Clone, Copy, Debug)]
pub(super) enum Other {
    Numbers(usize, usize),
    At,
    Level,
    Size,
    SizeOf(Sized),
}

pub(super) const SIZED: [Sized; 4] = [Sized::Device, Sized::Kind, Sized::Note, Sized::Tags];

impl Sized {
    pub(super) fn size(self) -> Size<Signal> {
        match self {
            Self::Device => Signal::DEVICE.size(),
            Self::Kind => Signal::KIND.size(),
            Self::Note => Signal::NOTE.size(),
            Self::Tags => Signal::TAGS.size(),
        }
    }

    pub(super) fn q(self, operator: Operator, other: Other) -> Q<Signal> {
        let size = self.size();
        match other {
            Other::Numbers(low, high) => compare(operator, size, low, high),
            Other::At => compare(operator, size, F(Signal::AT), F(Signal::AT)),
            Other::Level => compare(operator, size, F(Signal::LEVEL), F(Signal::LEVEL)),
            Other::Size => compare(operator, size, 1, F(Signal::SIZE)),
            Other::SizeOf(other) => compare(operator, size, other.size(), other.size()),
        }
    }
}

fn compare(
    operator: Operator,
    size: Size<Signal>,
    low: impl SizeOperand<Signal>,
    high: impl SizeOperand<Signal>,
) -> Q<Signal> {
    match operator {
        Operator::Eq => size.eq(high),
        Operator::Ne => size.ne(high),
        Operator::Lt => size.lt(high),
        Operator::Lte => size.lte(high),
        Operator::Gt => size.gt(high),
        Operator::Gte => size.gte(high),
        Operator::Between => size.between(low, high),
    }
}
