//! The derives of [djamodb](https://docs.rs/djamodb): [`Model`], [`Document`], [`AttributeType`], [`Collection`], [`Projection`],
//! [`CustomQuerySet`] and [`Proxy`], and the attribute [`test`](macro@test).
//!
//! Use them through `djamodb`, to whose paths the generated code refers.
//!
//! # Structure
//!
//! Each derive has the same four steps, in modules of these names: `ast` reads the shape of the type, `attr` parses the options,
//! `validate` checks them together, and `expand` generates the code. Errors are collected on the way and reported together. After
//! an error, the same items are generated with bodies that are never called, so that the compiler reports no consequences.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod ast;
mod attribute_args;
mod attribute_type;
mod attribute_type_impl;
mod case;
mod collection;
mod crate_path;
mod custom_queryset;
mod declared_names;
mod document;
mod enumeration;
mod errors;
mod field;
mod fields;
#[cfg(test)]
mod generated_code;
mod joined_key;
mod limits;
mod manager;
mod model;
mod projection;
mod proxy;
mod suggestion;
mod test_attribute;
mod unique_option;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a struct with named fields a model, whose values are stored as items of a table.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Debug)]
/// #[model(table = "weather", stream = new_and_old_images, time_to_live = expires)]
/// #[model(local_index(by_temp_max, range_key = temp_max, projection = keys_only))]
/// #[model(global_index(by_kind, hash_key = kind, range_key = (temp_max, date), projection = include(windy)))]
/// #[model(manager(of_kind, index = by_kind))]
/// #[model(manager(rainy, filter = Self::KIND.eq("rain")))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     date: DateTime<Utc>,
///     kind: Option<String>,
///     temp_max: f64,
///     #[model(rename = "isWindy", default)]
///     windy: bool,
///     #[model(default = "station")]
///     source: String,
///     expires: Option<u64>,
/// }
///
/// // The fields are constants, the indexes are constants and types, and the managers are functions.
/// let warm = Weather::objects().set_hash_key("Seattle").filter(Weather::TEMP_MAX.gt(20.0));
/// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
/// let _: Manager<Weather, WeatherByKind> = Weather::of_kind();
/// let _: Manager<Weather> = Weather::rainy();
/// # let _ = (warm, rain);
/// ```
///
/// # Options of the struct
///
/// Options can be written in one `#[model(…)]` or in several. Names of fields, indexes and managers are written without quotes.
///
/// | option | meaning |
/// |---|---|
/// | `table = "weather"` | Name of the table without a prefix: 3 to 255 of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`. Required. |
/// | `hash_key(name = "…")`, `range_key(name = "…")` | A key attribute of the table that is composed of fields, in place of a field with the option `hash_key` or `range_key`. See [composed keys](#composed-keys). |
/// | `discriminator = "type"` | An attribute that says of which model an item is, in a table of several models. Querysets read the items of the model. |
/// | `discriminator_value = "…"` | Value of that attribute. Without the option, it is the name of the struct. |
/// | `global_index(name, …)` | An index with its own key. At most 20. |
/// | `local_index(name, …)` | An index with the table's hash key and its own range key. At most 5. |
/// | `manager(name, …)` | A function `name()` that returns a manager. A manager named `objects` replaces the generated one. |
/// | `default_manager = name` | The manager that `default_manager()` returns, `objects` without the option. A name that no `manager(…)` declares becomes the name of the table's manager, in place of `objects`. |
/// | `time_to_live = field` | The field with the time at which an item expires: a `DateTime<Utc>`, another point in time or an integer, or an `Option` of these. It is stored as a number, the seconds since 1970; see `djamodb::model::ExpiryTime`. |
/// | `settings = SHOP` | Settings of the table that the model inherits: a constant of the type `djamodb::schema::TableSettings`. Each of the following options takes precedence over it. See [settings of the table](#settings-of-the-table). |
/// | `billing = …` | `pay_per_request`, or `provisioned(read_units, write_units)` with units per second. |
/// | `on_demand_maximum(read = 500, write = 100)` | The most units per second of a table that is billed per request, of one kind or both; `= none` for no maximum. |
/// | `warm_throughput(read = 40_000, write = 10_000)` | The units per second that the new table serves at once, of one kind or both: at least 12,000 and 4,000 for a table that is billed per request. |
/// | `table_class = …` | `standard` or `standard_infrequent_access`. |
/// | `encryption = …` | `aws_owned`, `aws_managed` or `customer_managed("alias/orders")` with a key, an alias or the ARN of either. |
/// | `resource_policy = …` | The resource-based policy of the new table: a text or a constant, in which `{table_name}` is replaced by the name of the table. `none` leaves out an inherited policy. |
/// | `tags(team = "shop", …)` | Tags of the table, at most 50. `{table_name}` in a value is replaced by the name of the table. `team = none` leaves out an inherited tag. |
/// | `stream = …` | Content of the table's stream records: `keys_only`, `new_image`, `old_image` or `new_and_old_images`; `none` for no stream. |
/// | `point_in_time_recovery` | The table can be restored to any second of the last 35 days. `= false` switches it off. |
/// | `deletion_protection` | The table is protected from `DeleteTable`. `= false` switches it off. |
/// | `rename_all = "…"` | Case of the names of the attributes: `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `lowercase` or `UPPERCASE`. `rename` takes precedence. |
/// | `validate = function` | A validator of the value: `fn(&Self) -> Result<(), E>`, where `E` is text, `ValidationError` or `ValidationErrors<Self>`. Several in a list: `validate = [first, second]`. See [validators](#validators). |
/// | `unique_together = (a, b)` | Fields of which no two items have the same values. See [unique fields](#unique-fields). |
/// | `managed = false` | `create_all_tables`, `delete_all_tables` and [`test`](macro@test) skip the table. |
/// | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
///
/// # Settings of the table
///
/// A table has each setting from the first of these that gives it: the option of the model, the constant of `settings = …`, the
/// `TableDefaults` of the database, DynamoDB's default. Tags are taken by key from all of them. Models that share a table must not give
/// a setting differently; a model that leaves a setting open agrees with all others.
///
/// ```
/// use djamodb::prelude::*;
/// use djamodb::schema::{Billing, StreamView, TableClass, TableSettings, Tag};
///
/// const SHOP: TableSettings = TableSettings::new().billing(Billing::provisioned(5, 1)).tag("team", "shop").point_in_time_recovery(true);
/// const ARCHIVE: TableSettings = SHOP.table_class(TableClass::StandardInfrequentAccess).tag("data", "cold");
///
/// #[derive(Model)]
/// #[model(table = "receipts", settings = ARCHIVE, deletion_protection, tags(team = "finance"))]
/// struct Receipt {
///     #[model(hash_key)]
///     id: u32,
/// }
///
/// #[derive(Model)]
/// #[model(table = "carts", settings = SHOP, billing = pay_per_request, point_in_time_recovery = false)]
/// struct Cart {
///     #[model(hash_key)]
///     id: u32,
/// }
///
/// let receipts = &Receipt::schema().table;
/// assert_eq!(receipts.table_class, TableClass::StandardInfrequentAccess);
/// assert_eq!(receipts.tags, [Tag::new("team", "finance"), Tag::new("data", "cold")]);
/// assert!(receipts.point_in_time_recovery && receipts.deletion_protection);
/// let carts = &Cart::schema().table;
/// assert_eq!((carts.billing, carts.point_in_time_recovery), (Billing::PayPerRequest, false));
/// ```
///
/// # Options of an index
///
/// | option | meaning |
/// |---|---|
/// | `hash_key = field` or `hash_key = (a, b)` | One to four hash attributes. Required for a global index, not allowed for a local index. |
/// | `hash_key(name = "…")`, `range_key(name = "…")` | Composed attributes, also among fields: `hash_key(gsi1pk = "STATUS#{status}", region)`. |
/// | `range_key = field` or `range_key = (a, b)` | Up to four range attributes of a global index. A local index has exactly one. |
/// | `projection = …` | Attributes that the index holds: `all`, `keys_only` or `include(field, …)`. `all` without the option. |
/// | `name = "by-kind"` | Name of the index in the table. Without the option, it is the name in Rust. |
///
/// An `Option` field can be part of an index's key. Items without the attribute are not in the index.
///
/// # Composed keys
///
/// A key attribute can be composed of literal text and of fields, which are called its parts. The parts are attributes of their own, too. Several
/// models share a table and its indexes in this way:
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "shop", discriminator = "type")]
/// #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
/// #[model(global_index(by_email, name = "gsi1", hash_key(gsi1pk = "EMAIL#{email}")))]
/// struct Customer {
///     customer: Uuid,
///     email: Option<String>,
/// }
///
/// #[derive(Model)]
/// #[model(table = "shop", discriminator = "type")]
/// #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{placed_at}#{number:08}"))]
/// #[model(global_index(by_status, name = "gsi1", hash_key(gsi1pk = "STATUS#{status}")))]
/// struct Order {
///     customer: Uuid,
///     placed_at: DateTime<Utc>,
///     number: u32,
///     status: String,
/// }
///
/// # async fn example(db: &Database, customer: Uuid, monday: DateTime<Utc>) -> Result<(), djamodb::Error> {
/// db.create_tables(&[Customer::schema(), Order::schema()]).await?; // one table, with the index gsi1
///
/// // Query shop; key condition: pk = "CUSTOMER#…" AND sk BETWEEN "ORDER#<monday>" AND the end of "ORDER#"
/// let recent = Order::objects().set_hash_key(customer).filter(Order::PLACED_AT.gte(monday)).all(db).await?;
/// // GetItem
/// let first = Order::get_by_key((customer, monday, 1), db).await?;
/// # let _ = (recent, first);
/// # Ok(())
/// # }
/// ```
///
/// | in the text | meaning |
/// |---|---|
/// | `{field}` | The value of the field, which is stored as text or as a number. Text that contains the literal text after it is refused. |
/// | `{field:08}` | A whole number, filled up with zeros to 8 digits, so that the texts have the order of the numbers. A number in a range key has this form. |
/// | `{field:escaped}` | Text, in which the first character of the literal text after it, and `%`, are written as `%` and two hexadecimal digits for each byte. |
/// | `{{`, `}}` | Braces. |
///
/// - The hash key of a queryset, and the key of `get_by_key`, consist of the parts: a value, or a tuple of several. Literal text alone is `()`,
///   and needs no `set_hash_key`.
/// - Lookups on parts become conditions on the key, from the left: as long as `eq` names the parts, and then `gt`, `gte`, `lt`, `lte`,
///   `between` or `startswith` for the next. If all parts are named, the item is read by GetItem. Other lookups, and bounds of text that other
///   parts follow, are filters on the parts. `explain` shows which.
/// - An item whose key does not fit its parts is an error. A part that an item lacks, as in an index of keys only, is read from the key.
/// - A part of the table's key cannot be edited. Edits of a part of an index's key set the key, too; all its parts are set together. An item
///   that lacks an optional part is not in the index.
/// - Querysets filter by the discriminator, unless the literal text of the key alone distinguishes the models of the table.
///
/// # Options of a manager
///
/// | option | meaning |
/// |---|---|
/// | `index = name` | The index that the manager's querysets read. Without the option, they read the table. |
/// | `filter = expression` | Lookups that restrict all querysets of the manager, such as `Self::KIND.eq("rain")`. |
/// | `queryset = Type` | A type with [`CustomQuerySet`](derive@CustomQuerySet), written without its type parameters, of which the querysets are. Without the option, they are of the type `QuerySet`. |
///
/// # Options of a field
///
/// | option | meaning |
/// |---|---|
/// | `hash_key` | The field is the table's hash key. Required for exactly one field. |
/// | `range_key` | The field is the table's range key. At most one field. |
/// | `unique` | No two items have the same value of the field: text, a number, or an `Option` of these. See [unique fields](#unique-fields). |
/// | `rename = "name"` | Name of the attribute in the table. Without the option, it is the name of the field. |
/// | `default` | An item without the attribute decodes as `Default::default()`. Not allowed for keys. |
/// | `default = expression` | An item without the attribute decodes as this value: `default = 5`, `default = noon()`. A text literal is converted by `Into`. |
///
/// | `with = module` | The field is stored as another type. The module has the type `Stored` and the functions `to_stored` and `from_stored`. Lookups, edits and keys take `Stored`. |
/// | `serde` | The field is stored as the module `djamodb::model::bridge` says, for any type with serde's `Serialize` and `Deserialize`. Lookups and edits take `bridge::Serde`. |
/// | `flatten` | The fields of the field's type, which derives `Document`, are stored beside those of the model, as those of an abstract base class of Django are. The constant is a `djamodb::model::Flattened`: `Order::AUDIT.at(Audit::CREATED_BY)`. Two fields of one name are an error. No key. |
/// | `skip` | The field is not stored, and has no constant. It decodes as `Default::default()`, or as the value of `default = expression`. |
/// | `rest` | The field, of the type `djamodb::value::Item`, holds the attributes that no other field declares, and `save` writes them back. At most one field. |
/// | `validate = function` | A validator of the field: `fn(&T) -> Result<(), E>`, or one of djamodb's, such as `range(1..=5)`. Several in a list, or the option several times. See [validators](#validators). |
/// | `version` | A `u64` or `u32` that counts the writes of the item. A value is saved, updated and deleted only if the stored item has the version of the value; otherwise the error is `Error::Stale`. At most one field. |
/// | `created_at` | A point in time such as `DateTime<Utc>`, or an `Option` of one: the time of `create`, and of a `save` of a value in which it is not set (`None`, or the start of 1970). At most one field. |
/// | `updated_at` | The same for the time of the last write, including updates. An edit of the attribute takes precedence. At most one field. |
/// | `generate = function` | An identifier: `uuid_v7`, `uuid_v4`, `ulid` (feature `ulid`), or a function that takes a `djamodb::model::ids::IdSource`. It is generated when a value is written in which it is the `Default` of its type. Allowed for keys. |
///
/// `version`, `created_at`, `updated_at` and `generate` make generated fields. `save`, `create`, `bulk_create`, `bulk_update` and transactions
/// set them in the value. The version of a value that was never stored is 0. Times and random bits come from the clock of the driver.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Default)]
/// #[model(table = "orders")]
/// struct Order {
///     #[model(hash_key, generate = uuid_v7)]
///     id: Uuid,
///     total: u32,
///     #[model(version)]
///     version: u64,
///     #[model(created_at)]
///     created: DateTime<Utc>,
///     #[model(updated_at)]
///     updated: DateTime<Utc>,
/// }
///
/// async fn order(db: &Database) -> Result<Order, djamodb::Error> {
///     let mut order = Order { total: 12, ..Order::default() };
///     order.create(db).await?;
///     assert_eq!((order.version, order.updated), (1, order.created));
///     order.update(Order::TOTAL.set(15), db).await?;
///     assert_eq!(order.version, 2);
///     Ok(order)
/// }
/// ```
///
/// # Unique fields
///
/// DynamoDB keeps only keys unique. A field with the option `unique` has a guard item for each value: its key is made of the value, and it names the
/// item that has it. Both are written in one transaction, so that of several concurrent writers one succeeds; the error of the others is
/// `Error::NotUnique`.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Debug, PartialEq)]
/// #[model(table = "members", unique_together = (team, number))]
/// struct Member {
///     #[model(hash_key)]
///     name: String,
///     #[model(unique)]
///     email: String,
///     team: String,
///     number: Option<u32>,
/// }
///
/// # async fn example(db: &Database) -> Result<(), djamodb::Error> {
/// db.create_table::<Member>().await?; // and the table `members-unique` of the guard items
/// let member = |name: &str, email: &str| Member {
///     name: name.to_owned(),
///     email: email.to_owned(),
///     team: "red".to_owned(),
///     number: None,
/// };
/// let mut ann = member("ann", "ann@example.org");
/// ann.create(db).await?;
/// let error = member("eve", "ann@example.org").create(db).await.unwrap_err();
/// assert!(error.is_not_unique());
///
/// ann.update(Member::EMAIL.set("ann@example.com"), db).await?; // the old address is free
/// member("eve", "ann@example.org").create(db).await?;
/// # Ok(())
/// # }
/// ```
///
/// - `save`, `create`, `save_changes`, `update`, `delete`, `get_or_create`, `update_or_create`, transactions, `bulk_create`, and the `delete` and
///   `delete_checked` of querysets keep values unique. Batches, `bulk_create` with `OnConflict::Overwrite`, and `bulk_update` and the `update` of
///   querysets on unique fields are refused.
/// - An edit of a unique field sets it to a value, or removes it.
/// - An item without the field, or without one of several that are unique together, has no value.
/// - A write that changes no unique value is one request, as without the option. A write that does is a transaction, which consumes twice the
///   units, for the item and for each guard item that is added or deleted. If the stored item has other unique values than the value that is
///   written, a failed attempt comes first.
/// - A transaction reads the items of `save`, `delete` and of edits of unique fields first.
/// - The guard items are in the table of the model if it has a discriminator and the table's key attributes are texts. No model reads them.
///   Otherwise they have a table of their own, `{table}-unique`, which the calls that create and delete tables include.
/// - For programs in other languages: the hash key of a guard item is `UNIQUE#{discriminator value}#{attribute}#{value}`, in a table of their own the
///   attribute `guard`; its range key, if there is one, is `UNIQUE`; its attribute `unique_owner` is a map, the key of the item that has the value.
///   Several attributes are joined by `+`, and their values by `#`, which is written as `%23` in all texts but the last.
/// - If an item expired or another program deleted or changed it, its old value is free: the owner is read before a value is refused.
/// - Items that were written before the field was unique, or by another program, have no guard items. `add_guards` of a queryset adds them.
/// - The server must have transactions, which ScyllaDB Alternator lacks.
///
/// # Validators
///
/// A validator is a function, a closure or an expression that returns one. All validators of a value, those of its fields and of the values
/// inside them first, run before every write; see `djamodb::ModelExt::full_clean`. The error of each is reported with its path.
///
/// The validator of a field takes a reference to the value of the field, or to what that coerces to, such as `&str` for a `String`. If the
/// type is written as `Option<T>`, it takes `&T`, and does not run on `None`. The functions of `djamodb::model::validators` are called by
/// their names alone: `range`, `min_value`, `max_value`, `length`, `min_length`, `max_length` and `not_blank`.
///
/// ```
/// use djamodb::model::ValidationErrors;
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "rooms", validate = Self::check_beds)]
/// struct Room {
///     #[model(hash_key, validate = [length(1..=8), lower_case])]
///     name: String,
///     #[model(validate = range(1..=4))]
///     beds: u8,
///     guests: Option<u8>,
/// }
///
/// fn lower_case(name: &str) -> Result<(), String> {
///     match name.chars().find(|character| character.is_uppercase()) {
///         Some(upper) => Err(format!("must not contain {upper}")),
///         None => Ok(()),
///     }
/// }
///
/// impl Room {
///     fn check_beds(&self) -> Result<(), ValidationErrors<Self>> {
///         let mut errors = ValidationErrors::new();
///         if self.guests.is_some_and(|guests| guests > self.beds) {
///             errors.add(Self::GUESTS, "are more than the beds");
///         }
///         errors.into_result()
///     }
/// }
///
/// let room = Room { name: "Attic".into(), beds: 5, guests: Some(6) };
/// let errors = room.full_clean().unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "`name`: must not contain A; `beds`: must be from 1 to 4; `guests`: are more than the beds",
/// );
/// ```
///
/// # Stored types
///
/// A field of a type of another crate, stored as a number of cents:
///
/// ```
/// use djamodb::prelude::*;
/// use djamodb::value::Item;
/// # mod money {
/// #     pub struct Price { pub euros: i64, pub cents: i64 }
/// # }
/// use money::Price;
///
/// mod cents {
///     use djamodb::model::CodecError;
///
///     pub type Stored = i64;
///
///     pub fn to_stored(price: &super::Price) -> Result<Stored, CodecError> {
///         Ok(price.euros * 100 + price.cents)
///     }
///
///     pub fn from_stored(stored: Stored) -> Result<super::Price, CodecError> {
///         Ok(super::Price { euros: stored / 100, cents: stored % 100 })
///     }
/// }
///
/// #[derive(Model)]
/// #[model(table = "books", rename_all = "camelCase")]
/// struct Book {
///     #[model(hash_key)]
///     title: String,
///     #[model(with = cents)]
///     list_price: Price,
///     #[model(rest)]
///     others: Item,
/// }
///
/// # fn main() {
/// let cheap = Book::LIST_PRICE.lt(1000);
/// # let _ = cheap;
/// # }
/// ```
///
/// The type of every field implements `AttributeType`. The types of key fields also implement `KeyType`: text, numbers and binary
/// data, and newtypes and enums stored as these.
///
/// A key is read only in the form that its value is stored in, so that an item that was read can be saved and deleted. An item with
/// the key `550E8400-…` in a `Uuid` field, or with the offset `+00:00` in a `DateTime<Utc>` field, is an error that names the key.
/// Dates in keys have no fractions of a microsecond: cut them off with `djamodb::model::datetime::truncated`.
///
/// # Generated items
///
/// They have the visibility of the struct.
///
/// | item | for |
/// |---|---|
/// | `impl djamodb::model::Model` and `impl djamodb::queryset::Managed` | the model |
/// | constant `Weather::TEMP_MAX` of type `Attribute<Weather, f64>` | each field |
/// | constant `Order::SK` of type `Attribute<Order, String, RangeKey>` | each composed key, and the discriminator |
/// | type `WeatherPrimary` | the table |
/// | type `WeatherByKind` and constant `Weather::BY_KIND` | each index |
/// | function `Weather::objects()` | the table |
/// | function `Weather::of_kind()` | each manager |
/// | entry in `djamodb::model::registered()` | the model |
#[proc_macro_derive(Model, attributes(model))]
pub fn model(input: TokenStream) -> TokenStream {
    model::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct with named fields a document, which is stored as a map (M) inside an item.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Document, Debug, PartialEq)]
/// struct Station {
///     city: String,
///     #[document(rename = "alt", default)]
///     altitude: Option<f64>,
///     #[document(default = 1)]
///     sensors: u8,
/// }
///
/// #[derive(Model)]
/// #[model(table = "weather")]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     station: Station,
/// }
///
/// let in_seattle = Weather::STATION.at(Station::CITY).eq("Seattle");
/// # let _ = in_seattle;
/// ```
///
/// It implements `AttributeType` and declares an `Attribute` constant per field, for lookups inside an attribute of a model. As in
/// an item, `None` and empty sets are left out.
///
/// A document can have type parameters, each of which is an `AttributeType`:
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Document, Debug, PartialEq)]
/// struct Range<T> {
///     low: T,
///     high: T,
/// }
///
/// #[derive(Model)]
/// #[model(table = "weather")]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     temperature: Range<f64>,
/// }
///
/// let frost = Weather::TEMPERATURE.at(Range::LOW).lt(0.0);
/// # let _ = frost;
/// ```
///
/// # Options
///
/// | position | option | meaning |
/// |---|---|---|
/// | struct | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
/// | struct | `rename_all = "…"` | Case of the names of the entries, as for a model. |
/// | struct, field | `validate = function` | A [validator](derive@Model#validators) of the document or the field. |
/// | field | `with = module`, `serde`, `flatten`, `skip` | As for a field of a model. |
/// | field | `rest` | The field, of the type `djamodb::value::Map`, holds the entries that no other field declares. |
/// | field | `rename = "name"` | Name of the entry in the map. Without the option, it is the name of the field. |
/// | field | `default` | A map without the entry decodes as `Default::default()`. |
/// | field | `default = expression` | A map without the entry decodes as this value. A text literal is converted by `Into`. |
#[proc_macro_derive(Document, attributes(document))]
pub fn document(input: TokenStream) -> TokenStream {
    document::derive(&parse_macro_input!(input)).into()
}

/// Implements `AttributeType` for a newtype or an enum, so that it can be the type of a field.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(AttributeType, Debug, PartialEq)]
/// struct Celsius(f64);
///
/// #[derive(AttributeType, Debug, PartialEq)]
/// #[attribute(rename_all = "snake_case")]
/// enum Kind {
///     LightRain,
///     #[attribute(rename = "sun")]
///     Sunshine,
/// }
///
/// # fn main() -> Result<(), djamodb::model::CodecError> {
/// assert_eq!(Celsius(9.4).encode()?.as_n(), Some("9.4".parse()?));
/// assert_eq!(Kind::LightRain.encode()?.as_s(), Some("light_rain"));
/// assert_eq!(Kind::Sunshine.encode()?.as_s(), Some("sun"));
/// # Ok(())
/// # }
/// ```
///
/// A newtype is stored as its inner type. It is a `KeyType`, `Comparable`, `Ordered`, `Numeric`, `StartsWith`, `Contains`, `ListType`, `MapType`
/// or `SetType` exactly if the inner type is. It can have type parameters.
///
/// An enum without data is stored as text (S), the name of the variant, and is a `KeyType`. Decoding any other text fails with an error that
/// lists the variants.
///
/// # Enums with data
///
/// An enum with data is stored as serde stores it. The options `tag` and `content` decide the place of the variant's name:
///
/// | options | variant without data | variant with data |
/// |---|---|---|
/// | none | S, the name | M of one entry: the name and the content |
/// | `tag = "kind"` | M with the entry `kind` | M with the entry `kind` and the entries of the content, which is a map |
/// | `tag = "kind", content = "data"` | M with the entry `kind` | M with the entries `kind` and `data` |
///
/// The content of `Card { number: String }` is a map of its fields, that of `Card(Account)` is the value itself, and that of `Card(u32, u32)` is
/// a list. The fields have the options of a document's fields. Beside a `tag` without `content`, `Account` derives `Document`.
///
/// The derive declares a constant for each variant, for `is_variant`, and for each value in it: `Payment::CARD`,
/// `Payment::CARD_NUMBER` for a field, and `Payment::TRANSFER_0` for a value without a name.
///
/// A variant with the option `fallback` holds each value that is of no other variant, so that a program reads the items of a newer one and
/// saves them without a loss. A fallback that holds the value of another variant is not saved: it would be read as that variant. An
/// enum without data is a key beside a fallback of text.
///
/// ```
/// use djamodb::prelude::*;
/// use djamodb::value::AttributeValue;
///
/// #[derive(AttributeType, Debug, PartialEq)]
/// #[attribute(tag = "kind", rename_all = "snake_case")]
/// enum Payment {
///     Cash,
///     Card { number: String },
///     #[attribute(fallback)]
///     Other(AttributeValue),
/// }
///
/// #[derive(Model)]
/// #[model(table = "orders")]
/// struct Order {
///     #[model(hash_key)]
///     id: u32,
///     payment: Payment,
/// }
///
/// # fn main() -> Result<(), djamodb::model::CodecError> {
/// let card = Payment::Card { number: "4111".to_owned() };
/// let stored = AttributeValue::m([("kind", AttributeValue::s("card")), ("number", AttributeValue::s("4111"))]);
/// assert_eq!(card.encode()?, stored);
/// let cheque = AttributeValue::m([("kind", AttributeValue::s("cheque"))]);
/// assert_eq!(Payment::decode(&cheque)?, Payment::Other(cheque));
///
/// let by_card = Order::PAYMENT.is_variant(Payment::CARD) & Order::PAYMENT.at(Payment::CARD_NUMBER).startswith("41");
/// # let _ = by_card;
/// # Ok(())
/// # }
/// ```
///
/// # Keys of several parts
///
/// A struct of two or more fields with the option `join` is stored as text (S), the texts of its fields with a separator between them, and
/// is a `KeyType` and a [`JoinedKey`](https://docs.rs/djamodb/latest/djamodb/model/trait.JoinedKey.html):
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(AttributeType, Debug, PartialEq)]
/// #[attribute(join = "#")]
/// struct Sensor {
///     station: String,
///     number: u16,
/// }
///
/// # fn main() -> Result<(), djamodb::model::CodecError> {
/// let sensor = Sensor { station: "KSEA".to_owned(), number: 7 };
/// assert_eq!(sensor.encode()?.as_s(), Some("KSEA#7"));
/// assert_eq!(Sensor::decode(&"KSEA#7".into())?, sensor);
/// # Ok(())
/// # }
/// ```
///
/// # Options
///
/// | position | option | meaning |
/// |---|---|---|
/// | struct | `join = "…"` | Text between the fields, which are stored as one text. Each field is a `KeyType` that is stored as text or as a number. |
/// | newtype, enum | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
/// | enum | `rename_all = "…"` | Case of the stored names of the variants: `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `lowercase` or `UPPERCASE`. |
/// | enum | `rename_all_fields = "…"` | Case of the stored names of the fields of all variants. |
/// | enum | `tag = "…"` | Entry with the name of the variant. Without `content`, it is beside the entries of the content. |
/// | enum | `content = "…"` | Entry with the content of the variant, beside `tag`. |
/// | variant | `rename = "text"` | Name that the variant is stored as. |
/// | variant | `fallback` | The variant holds the values of no other variant: text in a `String`, or any value in an `AttributeValue`. At most one variant, with one value. |
/// | field of a variant | `rename`, `default`, `with`, `serde`, `flatten`, `skip`, `rest`, `validate` | As for a field of a document. |
#[proc_macro_derive(AttributeType, attributes(attribute))]
pub fn attribute_type(input: TokenStream) -> TokenStream {
    attribute_type::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct or an enum a collection of items of several models that share a table and its hash key.
///
/// | shape | implements | querysets |
/// |---|---|---|
/// | struct with a field `M`, `Option<M>` or `Vec<M>` for each model | [`Collection`](https://docs.rs/djamodb/latest/djamodb/queryset/trait.Collection.html) | `Account::objects().set_hash_key(…).get(&db)` reads all items of one hash key |
/// | enum with a variant `M(M)` for each model | [`CollectionItem`](https://docs.rs/djamodb/latest/djamodb/queryset/trait.CollectionItem.html) | `Entry::objects()` is a queryset whose rows are the variants |
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "shop", hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
/// struct Customer {
///     customer: u32,
/// }
///
/// #[derive(Model)]
/// #[model(table = "shop", hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{number:08}"))]
/// struct Order {
///     customer: u32,
///     number: u32,
/// }
///
/// #[derive(Collection)]
/// struct Account {
///     customer: Customer,
///     orders: Vec<Order>,
/// }
///
/// # async fn example(db: &Database) -> Result<(), djamodb::Error> {
/// let account = Account::objects().set_hash_key(7).get(db).await?;
/// # let _ = account;
/// # Ok(())
/// # }
/// ```
///
/// # Options
///
/// | position | option | meaning |
/// |---|---|---|
/// | struct, enum | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
#[proc_macro_derive(Collection, attributes(collection))]
pub fn collection(input: TokenStream) -> TokenStream {
    collection::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct with named fields a projection: some of the attributes of a model, which `only` reads.
///
/// ```
/// use djamodb::prelude::*;
///
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     temp_max: f64,
/// # }
/// #[derive(Projection, Debug)]
/// #[projection(model = Weather)]
/// struct Day {
///     day: u32,
///     #[projection(attribute = temp_max)]
///     warmth: f64,
/// }
///
/// let days = Weather::objects().set_hash_key("Seattle").only::<Day>();
/// # let _ = days;
/// ```
///
/// Each field has the name and the type of a field of the model, and decodes as that does, including its default. A field that the
/// model does not have, or has with another type, does not compile. Nested documents are read whole.
///
/// # Options
///
/// | position | option | meaning |
/// |---|---|---|
/// | struct | `model = Weather` | Path of the model. Required. |
/// | struct | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
/// | field | `attribute = field` | Name of the model's field, which can be a flattened one. Without the option, it is the name of this field. |
/// | field | `attribute = Order::AUDIT.at(Audit::CREATED_BY)` | A field of a flattened document. |
#[proc_macro_derive(Projection, attributes(projection))]
pub fn projection(input: TokenStream) -> TokenStream {
    projection::derive(&parse_macro_input!(input)).into()
}

/// Makes a struct a queryset of its own type, with state that every builder method keeps.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "weather", global_index(by_kind, hash_key = kind))]
/// #[model(manager(objects, queryset = WeatherQuerySet), manager(of_kind, index = by_kind, queryset = WeatherQuerySet))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     day: u32,
///     kind: String,
///     temp_max: f64,
/// }
///
/// #[derive(CustomQuerySet)]
/// struct WeatherQuerySet<R = Weather, I = WeatherPrimary> {
///     queryset: QuerySet<Weather, R, I>,
///     #[queryset(default = 20.0)]
///     degrees_min: f64,
/// }
///
/// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
///     fn with_minimum(&self, degrees_min: f64) -> Self {
///         Self { degrees_min, ..self.clone() }
///     }
///
///     fn warm(&self) -> Self {
///         self.filter(Weather::TEMP_MAX.gte(self.degrees_min))
///     }
/// }
///
/// let warm = Weather::objects().with_minimum(25.0).set_hash_key("Seattle").set_limit(10).warm();
/// let _: WeatherQuerySet<u32> = warm.values(Weather::DAY);
/// let _: WeatherQuerySet<Weather, WeatherByKind> = Weather::of_kind().warm();
/// ```
///
/// The struct has named fields and two type parameters, for the rows and the index. One field is a `QuerySet` of a model with these
/// parameters, and the others are the state.
///
/// | generated item | for |
/// |---|---|
/// | `impl djamodb::queryset::CustomQuerySet`, `Explainable` | the builder and terminal methods, see [the trait](https://docs.rs/djamodb/latest/djamodb/queryset/trait.CustomQuerySet.html) |
/// | `impl Clone` | the struct, whatever its parameters are; each field of the state implements `Clone` |
/// | `impl From<QuerySet<…>>` | a queryset with the first state |
/// | function `WeatherQuerySet::as_manager()` | a manager of the table |
/// | function `WeatherQuerySet::from_queryset(Weather::BY_KIND)` | a manager of an index |
///
/// # Options
///
/// | position | option | meaning |
/// |---|---|---|
/// | struct | `pre_filter = function` | A function `fn(&Self, Q<Model>) -> Q<Model>` that changes the lookups of every filter. |
/// | struct | `post_set_index = function` | A function `fn(Self) -> Self` that changes each queryset whose index was set. |
/// | struct | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
/// | field of the state | `default = expression` | First value of the field. Without the option, it is `Default::default()`. |
#[proc_macro_derive(CustomQuerySet, attributes(queryset))]
pub fn custom_queryset(input: TokenStream) -> TokenStream {
    custom_queryset::derive(&parse_macro_input!(input)).into()
}

/// Makes a newtype of a model a proxy: another type of the model's items, with managers and methods of its own.
///
/// ```
/// use djamodb::prelude::*;
///
/// # #[derive(Model)]
/// # #[model(table = "weather", global_index(by_kind, hash_key = kind))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: String,
/// #     temp_max: f64,
/// # }
/// #[derive(Proxy)]
/// #[proxy(manager(objects, filter = Weather::KIND.eq("rain")))]
/// #[proxy(manager(of_kind, index = WeatherByKind, filter = Weather::TEMP_MAX.lt(5)))]
/// struct RainyDay(Weather);
///
/// impl RainyDay {
///     fn freezes(&self) -> bool {
///         self.temp_max < 0.0
///     }
/// }
///
/// # async fn example(db: &Database) -> Result<(), djamodb::Error> {
/// let days: Vec<RainyDay> = RainyDay::objects().set_hash_key("Seattle").all(db).await?;
/// # let _ = days;
/// # Ok(())
/// # }
/// ```
///
/// A proxy dereferences to the model, and converts from and into it. See
/// [the trait](https://docs.rs/djamodb/latest/djamodb/queryset/trait.Proxy.html) for what it has in common with a model.
///
/// # Options
///
/// | option | meaning |
/// |---|---|
/// | `manager(name, …)` | A function `name()` that returns a manager, with the [options of a model's manager](derive@Model#options-of-a-manager). An index is the name of its type: `index = WeatherByKind`. Without a manager `objects`, there is one over the table. |
/// | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
#[proc_macro_derive(Proxy, attributes(proxy))]
pub fn proxy(input: TokenStream) -> TokenStream {
    proxy::derive(&parse_macro_input!(input)).into()
}

/// Makes an async function a test with its own database. Requires the feature `test` of `djamodb`.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// #[djamodb::test]
/// async fn saves_weather(db: Database) {
///     // The tables of all models exist, with a prefix that no other test uses.
/// }
///
/// #[djamodb::test(models = [Weather])]
/// async fn uses_one_table(db: Database) -> Result<(), djamodb::Error> {
///     Ok(())
/// }
///
/// #[djamodb::test]
/// async fn sets_the_time(db: Database, clock: djamodb::VirtualClock) {
///     clock.advance(std::time::Duration::from_secs(3600));
/// }
/// ```
///
/// # Arguments
///
/// | argument | meaning |
/// |---|---|
/// | `db: Database` | The database of the test. Required. |
/// | `clock: VirtualClock` | The clock of the database, whose time the test sets and advances. The test then runs in memory, also if `DJAMODB_TEST_URL` names a server. Requires the feature `memory` of `djamodb`. |
///
/// # Options
///
/// | option | meaning |
/// |---|---|
/// | `models = [Model, …]` | Models whose tables are created; `models = []` for no table. Without the option, those of all managed models of the program. |
/// | `adversarial = SEED` | The test runs in memory in the adversarial mode, in which reads lag, pages end early and requests fail at random: see `djamodb::adversarial`. `SEED` is a `u64`. Requires the feature `memory` of `djamodb`. |
/// | `crate = "path"` | Path of the crate `djamodb`, `::djamodb` without the option. |
#[proc_macro_attribute]
pub fn test(options: TokenStream, function: TokenStream) -> TokenStream {
    test_attribute::expand(options.into(), &parse_macro_input!(function)).into()
}
