//! Arrays, as lists of their length. An array of bytes is binary data, as a vector of bytes is.

use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Comparable, Contains, HasSize, TypeInfo, ValidationErrors,
};
use crate::value::AttributeValue;

impl<T: AttributeType, const N: usize> AttributeType for [T; N] {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        T::encode_list(self)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        array(T::decode_list(value)?)
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        array(T::decode_list_owned(value)?)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        super::list::encode_list_exact(self)
    }

    fn type_info() -> TypeInfo {
        T::list_info()
    }

    fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
        errors.inner(|errors| super::list::run_validators(self, errors));
    }
}

impl<T: Comparable, const N: usize> Comparable for [T; N] {}

impl<T: AttributeType<Operand: Comparable>, const N: usize> Contains for [T; N] {
    type Element = T::Operand;
}

impl<T, const N: usize> HasSize for [T; N] {}

fn array<T, const N: usize>(values: Vec<T>) -> Result<[T; N], CodecError> {
    values
        .try_into()
        .map_err(|values: Vec<T>| CodecError::new(CodecErrorKind::WrongLength { expected: N, found: values.len() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_a_list_of_its_length() {
        let stored = [0.5, 1.5].encode().unwrap();
        assert_eq!(stored.as_l().map(<[_]>::len), Some(2));
        assert_eq!(<[f64; 2]>::decode(&stored), Ok([0.5, 1.5]));
        let error = <[f64; 3]>::decode(&stored).unwrap_err();
        assert_eq!(error.kind(), &CodecErrorKind::WrongLength { expected: 3, found: 2 });
        assert_eq!([1_u8, 2].encode(), Ok(AttributeValue::b(vec![1, 2])));
        assert_eq!(<[u8; 2]>::decode(&AttributeValue::b(vec![1, 2])), Ok([1, 2]));
    }
}
