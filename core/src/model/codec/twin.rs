//! Types that are stored as another type is, their twin, so that both have one form.

use crate::model::{CodecError, KeyType};

/// A type that is stored as its twin is.
pub(super) trait HasTwin: Sized {
    /// The type that defines the stored form.
    type Twin: KeyType;

    /// Converts this value into its twin.
    fn to_twin(&self) -> Result<Self::Twin, CodecError>;

    /// Converts a decoded twin into this type, which can have a smaller range.
    fn from_twin(twin: Self::Twin) -> Result<Self, CodecError>;
}

/// Implements the traits of ordered keys for types with a twin, which a blanket implementation may not do.
macro_rules! stored_as_twin {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::model::AttributeType for $type {
            type Operand = Self;

            fn encode(&self) -> Result<$crate::value::AttributeValue, $crate::model::CodecError> {
                $crate::model::codec::twin::HasTwin::to_twin(self)?.encode()
            }

            fn decode(value: &$crate::value::AttributeValue) -> Result<Self, $crate::model::CodecError> {
                let twin = $crate::model::AttributeType::decode(value)?;
                $crate::model::codec::twin::HasTwin::from_twin(twin)
            }

            fn encode_exact(&self) -> Result<$crate::value::AttributeValue, $crate::model::CodecError> {
                $crate::model::codec::twin::HasTwin::to_twin(self)?.encode_exact()
            }

            fn type_info() -> $crate::model::TypeInfo {
                let twin = <<$type as $crate::model::codec::twin::HasTwin>::Twin as $crate::model::AttributeType>::type_info;
                $crate::model::TypeInfo { parse: |text| $crate::model::codec::twin::parse::<Self>(text), ..twin() }
            }
        }

        impl $crate::model::Comparable for $type {}

        impl $crate::model::KeyType for $type {
            const TEXT_BYTES: Option<usize> =
                <<$type as $crate::model::codec::twin::HasTwin>::Twin as $crate::model::KeyType>::TEXT_BYTES;
            const SCALAR: $crate::schema::ScalarType =
                <<$type as $crate::model::codec::twin::HasTwin>::Twin as $crate::model::KeyType>::SCALAR;
        }

        impl $crate::model::Ordered for $type {}
    )+};
}

pub(super) use stored_as_twin;

/// Parses the operand of a lookup given as text as the twin does. What `T` cannot hold is an error.
pub(super) fn parse<T: HasTwin + crate::model::AttributeType>(
    text: &str,
) -> Result<crate::value::AttributeValue, CodecError> {
    let value = (<T::Twin as crate::model::AttributeType>::type_info().parse)(text)?;
    T::decode(&value)?.encode_exact()
}
