//! Tuples, as lists of their elements.

use super::levels::Level;
use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Comparable, HasSize, Structure, TupleType, TypeInfo, ValidationErrors,
    codegen::no_text_form,
};
use crate::value::{AttributeValue, ValueType};

const NAME: &str = "a list of a fixed number of elements";

macro_rules! tuples {
    ($($count:literal: $(($element:ident, $index:tt)),+);+ $(;)?) => {$(
        impl<$($element: AttributeType),+> AttributeType for ($($element,)+) {
            type Operand = Self;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                let _level = Level::enter()?;
                Ok(AttributeValue::l([$(self.$index.encode().map_err(|error| error.at_index($index))?),+]))
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                let _level = Level::enter()?;
                let elements = elements::<$count>(value)?;
                Ok(($($element::decode(&elements[$index]).map_err(|error| error.at_index($index))?,)+))
            }

            fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
                let _level = Level::enter()?;
                Ok(AttributeValue::l([$(self.$index.encode_exact().map_err(|error| error.at_index($index))?),+]))
            }

            fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
                $(errors.nested_at_index($index, |errors| self.$index.run_validators(errors));)+
            }

            fn type_info() -> TypeInfo {
                TypeInfo {
                    name: NAME,
                    value_type: ValueType::L,
                    parse: |_| no_text_form(NAME),
                    comparable: true,
                    ordered: false,
                    starts_with: false,
                    structure: Structure::Tuple(|| vec![$($element::type_info()),+]),
                }
            }
        }

        impl<$($element: Comparable),+> Comparable for ($($element,)+) {}

        impl<$($element),+> HasSize for ($($element,)+) {}

        element_types!([$($element),+] $(($element, $index))+);
    )+};
}

macro_rules! element_types {
    ($all:tt $(($element:ident, $index:tt))+) => {$(element_type!($all $element $index);)+};
}

macro_rules! element_type {
    ([$($all:ident),+] $element:ident $index:tt) => {
        impl<$($all),+> TupleType<$index> for ($($all,)+) {
            type Element = $element;
        }
    };
}

tuples! {
    2: (A, 0), (B, 1);
    3: (A, 0), (B, 1), (C, 2);
    4: (A, 0), (B, 1), (C, 2), (D, 3);
    5: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4);
    6: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4), (F, 5);
    7: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4), (F, 5), (G, 6);
    8: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4), (F, 5), (G, 6), (H, 7);
}

/// Returns the elements of a list of this length.
pub fn elements<const N: usize>(value: &AttributeValue) -> Result<&[AttributeValue; N], CodecError> {
    let elements = value.as_l().ok_or_else(|| CodecError::wrong_type(NAME, value.value_type()))?;
    elements.try_into().map_err(|_| CodecError::new(CodecErrorKind::WrongLength { expected: N, found: elements.len() }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_tuple_is_a_list_of_mixed_elements() {
        let value = ("a".to_owned(), 1_u8, None::<bool>, (0.5, vec![1_i64]));
        let stored = AttributeValue::l([
            AttributeValue::s("a"),
            AttributeValue::n(1),
            AttributeValue::Null,
            AttributeValue::l([AttributeValue::N("0.5".parse().unwrap()), AttributeValue::l([AttributeValue::n(1)])]),
        ]);
        assert_eq!(value.encode(), Ok(stored.clone()));
        assert_eq!(value.encode_exact(), Ok(stored.clone()));
        assert_eq!(AttributeType::decode(&stored), Ok(value));
        assert_eq!(Vec::<(u8, u8)>::decode(&vec![(1_u8, 2_u8)].encode().unwrap()), Ok(vec![(1, 2)]));
        let eight = (1_u8, 2_u8, 3_u8, 4_u8, 5_u8, 6_u8, 7_u8, "8".to_owned());
        assert_eq!(AttributeType::decode(&eight.encode().unwrap()), Ok(eight));
    }

    #[test]
    fn another_number_of_elements_is_an_error() {
        let stored = (1_u8, 2_u8, 3_u8).encode().unwrap();
        let error = <(u8, u8)>::decode(&stored).unwrap_err();
        assert_eq!(error.kind(), &CodecErrorKind::WrongLength { expected: 2, found: 3 });
        assert!(<(u8, u8)>::decode(&AttributeValue::n(1)).is_err());
    }

    #[test]
    fn an_error_names_the_element() {
        let error = <(u8, (u8, bool))>::decode(&(1_u8, (2_u8, "yes".to_owned())).encode().unwrap()).unwrap_err();
        assert_eq!(error.path(), "[1][1]");
        let error = (1_u8, BTreeSet::<u8>::new()).encode().unwrap_err();
        assert_eq!(error.path(), "[1]");
    }
}
