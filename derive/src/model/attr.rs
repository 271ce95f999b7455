//! Options of `#[model(…)]`, as written.

mod generated;
mod index;
mod settings;
mod template;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Error, Expr, LitStr, Path, Result};

use crate::ast::NamedStruct;
use crate::attribute_args::{self, AttributeArg};
use crate::case::RenameRule;
use crate::errors::Errors;
use crate::field::{FieldOptions, Part, Storage, Validators};
use crate::fields::Fields;
use crate::unique_option::UniqueOption;

pub(super) use generated::{GENERATORS, Generated, GeneratedMark};
pub(super) use index::{IndexOptions, ProjectionArg};
pub(super) use settings::{Billing, Stream, TableClass, TableSettings};
pub(super) use template::{KeyArg, PartForm, PieceArg, TemplateArg};

const MODEL_OPTIONS: [&str; 21] = [
    "table",
    "hash_key",
    "range_key",
    "discriminator",
    "discriminator_value",
    "global_index",
    "local_index",
    "manager",
    "default_manager",
    "time_to_live",
    TableSettings::NAMES[0],
    TableSettings::NAMES[1],
    TableSettings::NAMES[2],
    TableSettings::NAMES[3],
    TableSettings::NAMES[4],
    TableSettings::NAMES[5],
    TableSettings::NAMES[6],
    "rename_all",
    "validate",
    "managed",
    "crate",
];

const MANAGER_OPTIONS: [&str; 2] = ["index", "filter"];

const FIELD_OPTIONS: [&str; 14] = [
    "hash_key",
    "range_key",
    FieldOptions::NAMES[0],
    FieldOptions::NAMES[1],
    FieldOptions::NAMES[2],
    FieldOptions::NAMES[3],
    FieldOptions::NAMES[4],
    FieldOptions::NAMES[5],
    FieldOptions::NAMES[6],
    FieldOptions::NAMES[7],
    "version",
    "created_at",
    "updated_at",
    "generate",
];

/// The options of a model and of its fields.
#[derive(Default)]
pub(super) struct ModelOptions<'a> {
    pub(super) table: UniqueOption<LitStr>,
    /// The composed hash key of the table.
    pub(super) hash_key: UniqueOption<Vec<KeyArg>>,
    /// The composed range key of the table.
    pub(super) range_key: UniqueOption<Vec<KeyArg>>,
    pub(super) discriminator: UniqueOption<LitStr>,
    pub(super) discriminator_value: UniqueOption<LitStr>,
    pub(super) local_indexes: Vec<IndexOptions>,
    pub(super) global_indexes: Vec<IndexOptions>,
    pub(super) managers: Vec<ManagerOptions>,
    pub(super) default_manager: UniqueOption<Ident>,
    pub(super) time_to_live: UniqueOption<Ident>,
    pub(super) settings: TableSettings,
    pub(super) managed: UniqueOption<bool>,
    pub(super) krate: UniqueOption<Path>,
    rename_all: UniqueOption<RenameRule>,
    pub(super) validate: Validators,
    pub(super) fields: Fields<'a>,
    /// The key options of each field, in the order of the stored fields.
    pub(super) keys: Vec<KeyMarks>,
    /// The value that writes give each field, in the order of the stored fields.
    pub(super) generated: Vec<Option<GeneratedMark>>,
}

/// `manager(name, index = …, filter = …)`.
pub(super) struct ManagerOptions {
    pub(super) ident: Ident,
    pub(super) index: UniqueOption<Ident>,
    pub(super) filter: UniqueOption<BaseFilter>,
}

/// `filter = …`. The compiler checks that the expression is a lookup of the model.
#[derive(Clone)]
pub(super) struct BaseFilter {
    pub(super) option: Ident,
    pub(super) lookups: Expr,
}

/// The options `hash_key` and `range_key` of one field, as their tokens.
#[derive(Default)]
pub(super) struct KeyMarks {
    pub(super) hash_key: UniqueOption<Ident>,
    pub(super) range_key: UniqueOption<Ident>,
}

pub(super) fn read<'a>(ast: &NamedStruct<'a>, errors: &mut Errors) -> ModelOptions<'a> {
    let mut options = ModelOptions::default();
    for arg in attribute_args::parse_all(ast.attributes, "model", errors) {
        options.set(&arg, errors);
    }
    for field in &ast.fields {
        let (part, keys, generated) = read_field(field, options.rename_all.get().copied(), errors);
        if matches!(part, Part::Stored(_)) {
            options.keys.push(keys);
            options.generated.push(generated);
        }
        options.fields.push(part);
    }
    options.fields.reserved = options.reserved_names();
    if let Some(time_to_live) = options.time_to_live.get() {
        for field in options.fields.stored.iter_mut().filter(|field| field.ident == time_to_live) {
            if !matches!(field.storage, Storage::Field) {
                errors
                    .at(time_to_live, "the time to live is stored as seconds; remove `with` or `serde` from its field");
            }
            field.storage = Storage::Expiry;
        }
    }
    options
}

impl ModelOptions<'_> {
    /// Returns the names of the attributes that the model composes.
    fn reserved_names(&self) -> Vec<String> {
        let keys = [&self.hash_key, &self.range_key].into_iter();
        let indexes = self.local_indexes.iter().chain(&self.global_indexes);
        let keys = keys.chain(indexes.flat_map(|index| [&index.hash_key, &index.range_key]));
        let mut names: Vec<String> = self.discriminator.get().map(LitStr::value).into_iter().collect();
        for key in keys.filter_map(UniqueOption::get).flatten() {
            if let KeyArg::Template(template) = key {
                names.push(template.ident.unraw().to_string());
            }
        }
        names.sort();
        names.dedup();
        names
    }

    fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) {
        let name = &arg.name;
        match name.to_string().as_str() {
            "table" => self.table.set(name, arg.text(), errors),
            "crate" => self.krate.set(name, arg.path(), errors),
            "hash_key" => index::set_key(&mut self.hash_key, arg, errors),
            "range_key" => index::set_key(&mut self.range_key, arg, errors),
            "discriminator" => self.discriminator.set(name, arg.text(), errors),
            "discriminator_value" => self.discriminator_value.set(name, arg.text(), errors),
            "default_manager" => self.default_manager.set(name, arg.ident(), errors),
            "time_to_live" => self.time_to_live.set(name, arg.ident(), errors),
            "rename_all" => self.rename_all.set(name, RenameRule::read(arg), errors),
            "managed" => self.managed.set(name, arg.flag(), errors),
            "validate" => self.validate.add(arg, errors),
            "global_index" => self.global_indexes.extend(IndexOptions::read(arg, &index::GLOBAL, errors)),
            "local_index" => self.local_indexes.extend(IndexOptions::read(arg, &index::LOCAL, errors)),
            "manager" => self.managers.extend(ManagerOptions::read(arg, errors)),
            _ if self.settings.set(arg, errors) => {}
            _ => errors.unknown_option(name, "a model", &MODEL_OPTIONS),
        }
    }
}

impl ManagerOptions {
    fn read(arg: &AttributeArg, errors: &mut Errors) -> Option<Self> {
        let (ident, args) = named(arg, errors)?;
        let mut manager = Self { ident, index: UniqueOption::default(), filter: UniqueOption::default() };
        for arg in args {
            let name = &arg.name;
            match name.to_string().as_str() {
                "index" => manager.index.set(name, arg.ident(), errors),
                "filter" => manager.filter.set(name, BaseFilter::read(arg), errors),
                _ => errors.unknown_option(name, "a manager", &MANAGER_OPTIONS),
            }
        }
        Some(manager)
    }
}

impl BaseFilter {
    fn read(arg: &AttributeArg) -> Result<Self> {
        match arg.expr()? {
            expr @ (Expr::Assign(_) | Expr::Lit(_)) => {
                Err(Error::new_spanned(expr, "expected a lookup, such as `Self::KIND.eq(\"rain\")`"))
            }
            lookups => Ok(Self { option: arg.name.clone(), lookups: lookups.clone() }),
        }
    }
}

/// Splits `option(name, …)` into the name and the other options.
fn named<'a>(arg: &'a AttributeArg, errors: &mut Errors) -> Option<(Ident, &'a [AttributeArg])> {
    let read = arg.list().and_then(|args| match args {
        [first, rest @ ..] if first.is_word() => Ok((first.name.clone(), rest)),
        _ => {
            let option = &arg.name;
            Err(Error::new_spanned(option, format!("`{option}` must begin with a name; write `{option}(name, …)`")))
        }
    });
    read.map_err(|error| errors.unparsable(error)).ok()
}

fn read_field<'a>(
    field: &'a syn::Field,
    rename_all: Option<RenameRule>,
    errors: &mut Errors,
) -> (Part<'a>, KeyMarks, Option<GeneratedMark>) {
    let (mut options, mut keys) = (FieldOptions::default(), KeyMarks::default());
    let mut generated = UniqueOption::default();
    for arg in attribute_args::parse_all(&field.attrs, "model", errors) {
        let name = &arg.name;
        if name == "hash_key" {
            keys.hash_key.set(name, Ok(name.clone()), errors);
            arg.word().unwrap_or_else(|error| errors.add(error));
        } else if name == "range_key" {
            keys.range_key.set(name, Ok(name.clone()), errors);
            arg.word().unwrap_or_else(|error| errors.add(error));
        } else if let Some(mark) = GeneratedMark::read(&arg) {
            generated::set(&mut generated, mark, errors);
        } else if !options.set(&arg, errors) {
            errors.unknown_option(name, "a field of a model", &FIELD_OPTIONS);
        }
    }
    if let Some(key) = keys.hash_key.get().or(keys.range_key.get())
        && options.default.is_given()
    {
        errors.at(key, "a key attribute cannot have a default, since every item has it; remove `default`");
    }
    let generated = generated.get().cloned();
    if let Some(mark) = generated.as_ref().filter(|_| options.unstored().is_none()) {
        mark.check(&keys, &mut options, errors);
    }
    if let Some(unstored) = options.unstored()
        && (generated.is_some() || keys.hash_key.is_given() || keys.range_key.is_given())
    {
        errors.at(unstored, format!("`{unstored}` cannot be combined with the option of a key or a generated field"));
    }
    (options.part(field, rename_all, errors), keys, generated)
}
