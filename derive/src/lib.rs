//! The derives of [djamodb](https://docs.rs/djamodb): [`Model`], [`Document`], [`AttributeType`] and [`Projection`].
//!
//! Use them through `djamodb`, whose paths the generated code names; its documentation has the examples that run.
//!
//! # How this crate is made
//!
//! Each derive goes the same way: `ast` looks at the shape of the type, `attr` reads the options as they are written, `valid`
//! finds out what they mean together, and `expand` writes the code. Mistakes are collected on the way and told in one go.
//! With mistakes, an implementation is written all the same, whose functions do nothing: what is declared exists, so that the
//! compiler has nothing to add.

mod ast;
mod attribute_args;
mod attribute_type;
mod attribute_type_impl;
mod case;
mod crate_path;
mod declared_names;
mod document;
mod errors;
mod field;
#[cfg(test)]
mod generated_code;
mod limits;
mod model;
mod projection;
mod suggestion;
mod test_attribute;
mod unique_option;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a struct with named fields a model: a type whose values are the items of a table.
///
/// ```text
/// #[derive(Model)]
/// #[model(table = "weather")]
/// #[model(local_index(by_temp_max, range_key = temp_max, projection = keys_only))]
/// #[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
/// #[model(manager(objects_kind_temperature, index = kind_temperature_index))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     date: DateTime<Utc>,
///     kind: Option<String>,
///     temp_max: f64,
///     #[model(rename = "isWindy", default)]
///     windy: bool,
/// }
/// ```
///
/// # Options of the struct
///
/// They can stand in one `#[model(…)]` or in several. Names of fields, indexes and managers stand without quotes.
///
/// | option | meaning |
/// |---|---|
/// | `table = "weather"` | the table's name, without a prefix: 3 to 255 of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`; required |
/// | `global_index(name, …)` | an index with a key of its own; at most 20 |
/// | `local_index(name, …)` | an index with the table's hash key and another range key; at most 5 |
/// | `manager(name, …)` | a function `name()` that gives a manager: beside `objects()`, or in its place where it is called so |
/// | `default_manager = name` | what `default_manager()` gives: the manager that is declared under this name; without one, the manager over the table, which is then called `name` instead of `objects`. Without the option, `objects()` |
/// | `time_to_live = field` | the field that says when an item expires; kept as a number, the seconds since 1970 |
/// | `stream = …` | what the table's stream records: `keys_only`, `new_image`, `old_image` or `new_and_old_images` |
/// | `managed = false` | the table is somebody else's: `create_all_tables`, `delete_all_tables` and tests with a database of their own pass it over |
/// | `crate = "path"` | where the generated code finds djamodb; `::djamodb` without it |
///
/// # Options of an index
///
/// | option | meaning |
/// |---|---|
/// | `hash_key = field` or `= (a, b)` | the hash attributes, one to four, of a global index; required there, and a local index has none |
/// | `range_key = field` or `= (a, b)` | the range attributes: up to four of a global index, one of a local index |
/// | `projection = …` | what the index holds: `all`, which it is without the option, `keys_only`, or `include(field, …)` |
/// | `name = "table-side-name"` | the index's name in the table, where it is not the name in Rust |
///
/// A field that is an `Option` can be part of an index's key: an item without it is not in the index.
///
/// # Options of a manager
///
/// | option | meaning |
/// |---|---|
/// | `index = name` | what its querysets read; without it, the table |
/// | `filter = expression` | lookups of the model, which all its querysets keep: `filter = Self::KIND.eq("rain")` |
///
/// # Options of a field
///
/// | option | meaning |
/// |---|---|
/// | `hash_key` | the table's hash key; exactly one field is |
/// | `range_key` | the table's range key |
/// | `rename = "name"` | the attribute's name in the table, where it is not the field's |
/// | `default` | an item that lacks the attribute has `Default::default()` |
/// | `default = expression` | the same with a value: `default = 5`, `default = noon()`; a text in quotes is converted by `Into` |
///
/// # What is generated
///
/// Everything is as visible as the struct.
///
/// - An implementation of `djamodb::model::Model`, and of `djamodb::queryset::Managed`, which has `default_manager()`.
/// - For each field an `Attribute` constant in capital letters, such as `Weather::TEMP_MAX`.
/// - For the table the type `WeatherPrimary`, and for each index a type such as `WeatherKindTemperatureIndex` and a constant of
///   it, `Weather::KIND_TEMPERATURE_INDEX`: what `set_index` takes.
/// - The managers: a function for each that is declared, and `Weather::objects()`, over the table, where none is called so.
/// - The model's entry in the list of all models.
///
/// A key must be text, a number or binary data (`KeyType`), and every field something that can be kept (`AttributeType`): the
/// compiler says so at the field's type.
#[proc_macro_derive(Model, attributes(model))]
pub fn model(input: TokenStream) -> TokenStream {
    model::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct with named fields a document: a value that is kept as a map (`M`) inside an item.
///
/// ```text
/// #[derive(Document)]
/// struct Station {
///     city: String,
///     #[document(rename = "alt", default)]
///     altitude: Option<f64>,
/// }
/// ```
///
/// It implements `AttributeType` and declares an `Attribute` constant for each field, for lookups inside a model's attribute:
/// `Weather::STATION.at(Station::CITY).eq("Seattle")`. As in an item, `None` and empty sets are left out.
///
/// # Options
///
/// | where | option | meaning |
/// |---|---|---|
/// | struct | `crate = "path"` | where the generated code finds djamodb; `::djamodb` without it |
/// | field | `rename = "name"` | the name in the map, where it is not the field's |
/// | field | `default` | a map that lacks the field has `Default::default()` |
/// | field | `default = expression` | the same with a value; a text in quotes is converted by `Into` |
#[proc_macro_derive(Document, attributes(document))]
pub fn document(input: TokenStream) -> TokenStream {
    document::derive(&parse_macro_input!(input)).into()
}

/// Makes a newtype, or an enum of unit variants, something that a field can be: an `AttributeType`.
///
/// ```text
/// #[derive(AttributeType)]
/// struct Celsius(f64);
///
/// #[derive(AttributeType)]
/// #[attribute(rename_all = "snake_case")]
/// enum Kind {
///     LightRain,
///     #[attribute(rename = "sun")]
///     Sunshine,
/// }
/// ```
///
/// A newtype is kept as what is inside is kept. It can be a key, and has an order, a beginning, parts, elements or entries, if
/// and only if what is inside has. It can have type parameters.
///
/// An enum is kept as text (`S`), the variant's name, and can be a key. A text that is no variant's is an error that lists them.
///
/// # Options
///
/// | where | option | meaning |
/// |---|---|---|
/// | newtype, enum | `crate = "path"` | where the generated code finds djamodb; `::djamodb` without it |
/// | enum | `rename_all = "…"` | how variants are written: `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `lowercase` or `UPPERCASE` |
/// | variant | `rename = "text"` | what this variant is kept as |
#[proc_macro_derive(AttributeType, attributes(attribute))]
pub fn attribute_type(input: TokenStream) -> TokenStream {
    attribute_type::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct with named fields a projection: some of the attributes of a model, which `only` reads.
///
/// ```text
/// #[derive(Projection)]
/// #[projection(model = Weather)]
/// struct Day {
///     date: DateTime<Utc>,
///     #[projection(attribute = temp_max)]
///     warmth: f64,
/// }
/// ```
///
/// Each field is one of the model, of the same name and the same type, and is decoded as the model does, with its default
/// where it has one. A field that the model does not have, or has of another type, does not compile. Nested documents are read
/// whole.
///
/// # Options
///
/// | where | option | meaning |
/// |---|---|---|
/// | struct | `model = Weather` | the model, or a path to it; required |
/// | struct | `crate = "path"` | where the generated code finds djamodb; `::djamodb` without it |
/// | field | `attribute = field` | the model's field, where it is called otherwise here |
#[proc_macro_derive(Projection, attributes(projection))]
pub fn projection(input: TokenStream) -> TokenStream {
    projection::derive(&parse_macro_input!(input)).into()
}

/// Makes an async function a test with a database of its own.
///
/// ```text
/// #[djamodb::test]
/// async fn weather_is_kept(db: Database) {
///     // The tables of all models exist, under a prefix that no other test has.
/// }
///
/// #[djamodb::test(models = [Weather])]
/// async fn only_weather(db: Database) -> Result<(), djamodb::Error> {
///     Ok(())
/// }
/// ```
///
/// # Options
///
/// | option | meaning |
/// |---|---|
/// | `models = [Model, …]` | the tables that exist; those of all models of the program without it |
/// | `crate = "path"` | where the generated code finds djamodb; `::djamodb` without it |
#[proc_macro_attribute]
pub fn test(options: TokenStream, function: TokenStream) -> TokenStream {
    test_attribute::expand(options.into(), &parse_macro_input!(function)).into()
}
