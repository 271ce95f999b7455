//! What `#[model(…)]` says, as it is written.

mod index;

use proc_macro2::Ident;
use syn::{Error, Expr, LitStr, Path, Result};

use crate::args::{self, Arg};
use crate::ast::Struct;
use crate::errors::Errors;
use crate::field::{Field, FieldOptions};
use crate::once::Once;

pub(super) use index::{IndexOptions, ProjectionOption};

const MODEL: [&str; 9] = [
    "table",
    "global_index",
    "local_index",
    "manager",
    "default_manager",
    "time_to_live",
    "stream",
    "managed",
    "crate",
];

const MANAGER: [&str; 2] = ["index", "filter"];

const FIELD: [&str; 4] = ["hash_key", "range_key", FieldOptions::KNOWN[0], FieldOptions::KNOWN[1]];

/// The options of a model and of its fields.
#[derive(Default)]
pub(super) struct Options<'a> {
    pub(super) table: Once<LitStr>,
    pub(super) local_indexes: Vec<IndexOptions>,
    pub(super) global_indexes: Vec<IndexOptions>,
    pub(super) managers: Vec<ManagerOptions>,
    pub(super) default_manager: Once<Ident>,
    pub(super) time_to_live: Once<Ident>,
    pub(super) stream: Once<StreamView>,
    pub(super) managed: Once<bool>,
    pub(super) krate: Once<Path>,
    pub(super) fields: Vec<Field<'a>>,
    /// For each field, where it says that it is a key.
    pub(super) keys: Vec<KeyOptions>,
}

/// `manager(name, index = …, filter = …)`.
pub(super) struct ManagerOptions {
    pub(super) ident: Ident,
    pub(super) index: Once<Ident>,
    pub(super) filter: Once<BaseFilter>,
}

/// `filter = …`; that the lookups are some, and of this model, is for the compiler to say.
#[derive(Clone)]
pub(super) struct BaseFilter {
    pub(super) option: Ident,
    pub(super) lookups: Expr,
}

/// `stream = …`; holds the variant of `schema::StreamView`.
pub(super) struct StreamView(pub(super) &'static str);

/// `hash_key` and `range_key` of one field, where they stand.
#[derive(Default)]
pub(super) struct KeyOptions {
    pub(super) hash_key: Once<Ident>,
    pub(super) range_key: Once<Ident>,
}

pub(super) fn read<'a>(ast: &Struct<'a>, errors: &mut Errors) -> Options<'a> {
    let mut options = Options::default();
    for arg in args::read(ast.attributes, "model", errors) {
        options.take(&arg, errors);
    }
    for field in &ast.fields {
        let (field, keys) = read_field(field, errors);
        options.fields.push(field);
        options.keys.push(keys);
    }
    options
}

impl Options<'_> {
    fn take(&mut self, arg: &Arg, errors: &mut Errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            "table" => self.table.set(name, arg.text(), errors),
            "crate" => self.krate.set(name, arg.path(), errors),
            "default_manager" => self.default_manager.set(name, arg.ident(), errors),
            "time_to_live" => self.time_to_live.set(name, arg.ident(), errors),
            "managed" => self.managed.set(name, arg.flag(), errors),
            "stream" => self.stream.set(name, stream_view(arg), errors),
            "global_index" => self.global_indexes.extend(IndexOptions::read(arg, &index::GLOBAL, errors)),
            "local_index" => self.local_indexes.extend(IndexOptions::read(arg, &index::LOCAL, errors)),
            "manager" => self.managers.extend(ManagerOptions::read(arg, errors)),
            _ => errors.unknown_option(name, "a model", &MODEL),
        }
    }
}

impl ManagerOptions {
    fn read(arg: &Arg, errors: &mut Errors) -> Option<Self> {
        let (ident, args) = named(arg, errors)?;
        let mut manager = Self { ident, index: Once::default(), filter: Once::default() };
        for arg in args {
            let name = &arg.name;
            match name.to_string().as_str() {
                "index" => manager.index.set(name, arg.ident(), errors),
                "filter" => manager.filter.set(name, BaseFilter::read(arg), errors),
                _ => errors.unknown_option(name, "a manager", &MANAGER),
            }
        }
        Some(manager)
    }
}

impl BaseFilter {
    fn read(arg: &Arg) -> Result<Self> {
        match arg.expr()? {
            expr @ (Expr::Assign(_) | Expr::Lit(_)) => {
                Err(Error::new_spanned(expr, "expected lookups here, such as `Self::KIND.eq(\"rain\")`"))
            }
            lookups => Ok(Self { option: arg.name.clone(), lookups: lookups.clone() }),
        }
    }
}

/// What `option(name, …)` is called, and the rest.
fn named<'a>(arg: &'a Arg, errors: &mut Errors) -> Option<(Ident, &'a [Arg])> {
    let read = arg.list().and_then(|args| match args {
        [first, rest @ ..] if first.is_word() => Ok((first.name.clone(), rest)),
        _ => {
            let option = &arg.name;
            Err(Error::new_spanned(option, format!("`{option}` begins with a name: `{option}(name, …)`")))
        }
    });
    read.map_err(|error| errors.unreadable(error)).ok()
}

fn stream_view(arg: &Arg) -> Result<StreamView> {
    let ident = arg.ident()?;
    match ident.to_string().as_str() {
        "keys_only" => Ok(StreamView("KeysOnly")),
        "new_image" => Ok(StreamView("NewImage")),
        "old_image" => Ok(StreamView("OldImage")),
        "new_and_old_images" => Ok(StreamView("NewAndOldImages")),
        _ => Err(Error::new(
            ident.span(),
            "a stream records `keys_only`, `new_image`, `old_image` or `new_and_old_images`",
        )),
    }
}

fn read_field<'a>(field: &'a syn::Field, errors: &mut Errors) -> (Field<'a>, KeyOptions) {
    let (mut options, mut keys) = (FieldOptions::default(), KeyOptions::default());
    for arg in args::read(&field.attrs, "model", errors) {
        let name = &arg.name;
        if name == "hash_key" {
            keys.hash_key.set(name, Ok(name.clone()), errors);
            arg.word().unwrap_or_else(|error| errors.add(error));
        } else if name == "range_key" {
            keys.range_key.set(name, Ok(name.clone()), errors);
            arg.word().unwrap_or_else(|error| errors.add(error));
        } else if !options.take(&arg, errors) {
            errors.unknown_option(name, "a field of a model", &FIELD);
        }
    }
    if let Some(key) = keys.hash_key.get().or(keys.range_key.get())
        && options.default.is_given()
    {
        errors.at(key, "the key is part of every item, so its field cannot have a default");
    }
    (Field::new(field, &options, errors), keys)
}
