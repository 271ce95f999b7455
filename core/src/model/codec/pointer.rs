//! Values behind a pointer, stored as the value itself, and shared or borrowed text, stored as text.

use std::borrow::Cow;
use std::sync::Arc;

use super::string::{owned_text, text};
use crate::model::{AttributeType, CodecError, Comparable, KeyType, TypeInfo, ValidationErrors};
use crate::schema::ScalarType;
use crate::value::AttributeValue;

macro_rules! pointers {
    ($($pointer:ident),+ $(,)?) => {$(
        impl<T: AttributeType> AttributeType for $pointer<T> {
            type Operand = T::Operand;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                T::encode(self)
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                T::decode(value).map(Self::new)
            }

            fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
                T::decode_owned(value).map(Self::new)
            }

            fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
                T::encode_exact(self)
            }

            fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
                T::decode_exact(value).map(Self::new)
            }

            fn type_info() -> TypeInfo {
                T::type_info()
            }

            fn is_absent(&self) -> bool {
                T::is_absent(self)
            }

            fn absent() -> Option<Self> {
                T::absent().map(Self::new)
            }

            fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
                errors.inner(|errors| T::run_validators(self, errors));
            }
        }

        impl<T: Comparable> Comparable for $pointer<T> {}

        impl<T: KeyType> KeyType for $pointer<T> {
            const SCALAR: ScalarType = T::SCALAR;
            const TEXT_BYTES: Option<usize> = T::TEXT_BYTES;
        }
    )+};
}

pointers!(Box, Arc);

macro_rules! texts {
    ($($text:ty),+ $(,)?) => {$(
        impl AttributeType for $text {
            type Operand = String;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                Ok(AttributeValue::s(&**self))
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                Ok(text(value, "text")?.to_owned().into())
            }

            fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
                Ok(owned_text(value, "text")?.into())
            }

            fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
                Self::decode(value)
            }

            fn type_info() -> TypeInfo {
                String::type_info()
            }
        }

        impl Comparable for $text {}

        impl KeyType for $text {
            const SCALAR: ScalarType = ScalarType::S;
        }
    )+};
}

texts!(Box<str>, Arc<str>, Cow<'static, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_stored_as_its_value() {
        assert_eq!(Box::new(3_u8).encode(), Ok(AttributeValue::n(3)));
        assert_eq!(Arc::<Option<u8>>::decode(&AttributeValue::Null), Ok(Arc::new(None)));
        assert!(Box::new(None::<u8>).is_absent());
        assert_eq!(Box::<Option<u8>>::absent(), Some(Box::new(None)));
        assert_eq!(crate::model::check_key_codec(&Box::new(3_u8)), Ok(()));
    }

    #[test]
    fn shared_and_borrowed_texts_are_text() {
        for value in [Arc::<str>::from("a").encode(), Box::<str>::from("a").encode(), Cow::Borrowed("a").encode()] {
            assert_eq!(value, Ok(AttributeValue::s("a")));
        }
        assert_eq!(Cow::<'static, str>::decode(&AttributeValue::s("a")), Ok(Cow::Borrowed("a")));
        assert!(Arc::<str>::decode(&AttributeValue::n(1)).is_err());
    }
}
