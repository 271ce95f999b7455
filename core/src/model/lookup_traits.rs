//! Which lookups a type takes.

/// Types with an order: `gt`, `gte`, `lt`, `lte`, `between`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in DynamoDB, so `gt`, `gte`, `lt`, `lte` and `between` cannot be used on it",
    note = "only text, numbers, binary data and dates are ordered; `eq`, `ne`, `is_in`, `exists` and `not_exists` take any type"
)]
pub trait Ordered {}

/// Numbers: `sum` and `avg`, `add`, and `+` and `-` of [`F`](super::F).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number: it has no `sum` and no `avg`, and nothing can be added to it or taken from it",
    note = "`min` and `max` take any type with an order, and `count` takes any; for a set use `add` and `delete`, for a list \
            `append` and `prepend`"
)]
pub trait Numeric {}

/// Types whose values can be looked up by their beginning: `startswith`.
#[diagnostic::on_unimplemented(
    message = "`startswith` cannot be used on `{Self}`",
    note = "only text and binary data have a beginning; for numbers and dates, use `between`"
)]
pub trait StartsWith {
    /// The type of the beginning.
    type Prefix;
}

/// Types that have parts: `contains`.
#[diagnostic::on_unimplemented(
    message = "`contains` cannot be used on `{Self}`",
    note = "only text, binary data, lists and sets contain something"
)]
pub trait Contains {
    /// The type of a part.
    type Element;
}

/// Lists: `index`, and `append` and `prepend`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list, so it has no element to take by `index`, and no place to `append` or `prepend` one"
)]
pub trait Indexed {
    /// The type of an element.
    type Element;
}

/// Maps with keys of any name: `key`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no map with keys of any name",
    note = "for a field of a #[derive(Document)] type, use `at`: `Weather::STATION.at(Station::CITY)`"
)]
pub trait Keyed {
    /// The type of a value.
    type Value;
}

/// Sets: `add` and `delete` of elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set, so it has no elements to take out by `delete`",
    note = "to remove an attribute as a whole, use `remove()`"
)]
pub trait Members {
    /// The type of an element.
    type Element: super::SetElement;
}
