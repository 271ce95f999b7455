//! Traits of field types that decide which lookups and edits an attribute has.

use super::AttributeType;

/// Types of which equal values are stored alike: `eq`, `ne` and `is_in`. Every type but JSON, and what contains it.
///
/// DynamoDB compares stored values. The text of JSON differs by spaces, by the order of names and by the spelling of numbers, so
/// that an equal value would not be found.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `eq`, `ne` or `is_in`",
    label = "DynamoDB compares stored values, and equal values of this type can be stored differently",
    note = "JSON is stored as text, and DynamoDB compares the texts: declare the field as a `Document`, a map or \
            `djamodb::model::bridge::Serde<…>`, whose values are compared, or compare on the client",
    note = "for a type with a codec of your own, whose encoding of equal values is the same, write `impl Comparable for … {{}}`"
)]
pub trait Comparable {}

/// Types whose values DynamoDB orders: `gt`, `gte`, `lt`, `lte`, `between`, `min` and `max`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in DynamoDB, so `gt`, `gte`, `lt`, `lte` and `between` cannot be used on it",
    note = "text, numbers, binary data and dates are ordered; `eq`, `ne` and `is_in` work on any type but JSON"
)]
pub trait Ordered {}

/// Numbers: `sum`, `avg` and `add`, and `+` and `-` of [`F`](super::F).
///
/// | type | [`Sum`](Self::Sum) |
/// |---|---|
/// | `i8`, `i16`, `i32`, `i64`, `isize` | `i64` |
/// | `u8`, `u16`, `u32`, `u64`, `usize` | `u64` |
/// | `f32`, `f64` | `f64` |
/// | `i128`, `u128`, [`Number`](crate::value::Number), `Decimal`, newtypes | the type itself |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number, so `sum`, `avg`, `+` and `-` cannot be used on it",
    note = "`min` and `max` work on any ordered type and `count` on any type; to change a set use `add` and `delete`, to change a \
            list `append` and `prepend`"
)]
pub trait Numeric: AttributeType {
    /// Type of a sum of values.
    type Sum: AttributeType;
}

/// Types whose values have a prefix: `startswith`.
#[diagnostic::on_unimplemented(
    message = "`startswith` cannot be used on `{Self}`",
    note = "only text and binary data have a prefix; for numbers and dates, use `between`"
)]
pub trait StartsWith {
    /// Type of the prefix.
    type Prefix;
}

/// Types whose values contain other values: `contains`.
#[diagnostic::on_unimplemented(
    message = "`contains` cannot be used on `{Self}`",
    note = "`contains` works on text, binary data, sets, and lists of anything but JSON"
)]
pub trait Contains {
    /// Type of a contained value: the element of a list or a set; for text and binary data, the type itself.
    type Element;
}

/// Types stored as a list (L): `index`, `append` and `prepend`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list, so `index`, `append` and `prepend` cannot be used on it",
    note = "an element of a tuple is named by `element`: `Weather::RANGE.element::<0>()`"
)]
pub trait ListType {
    /// Type of an element.
    type Element;
}

/// Tuples of two to eight parts, stored as a list (L): `element`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple with an element at the position {INDEX}",
    note = "`element` counts from 0; for a `Vec` or an array, use `index`"
)]
pub trait TupleType<const INDEX: usize> {
    /// Type of the element at the position `INDEX`.
    type Element;
}

/// Types stored as a map (M) with arbitrary keys: `key`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map with arbitrary keys, so `key` cannot be used on it",
    note = "for a field of a #[derive(Document)] type, use `at`: `Weather::STATION.at(Station::CITY)`"
)]
pub trait MapType {
    /// Type of a value.
    type Value;
}

/// Types stored as a set (SS, NS or BS): `add` and `delete` of elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set, so `delete` cannot be used on it",
    note = "to remove the whole attribute, use `remove()`"
)]
pub trait SetType {
    /// Type of an element.
    type Element: super::SetElement;
}
