//! Options of `#[model(…)]`, as written.

mod generated;
mod index;
mod settings;
mod template;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{LitStr, Path};

use crate::ast::NamedStruct;
use crate::attribute_args::{self, AttributeArg};
use crate::case::RenameRule;
use crate::errors::Errors;
use crate::field::{FieldOptions, Part, Storage, Validators};
use crate::fields::Fields;
use crate::manager::ManagerOptions;
use crate::unique_option::UniqueOption;

pub(super) use generated::{GENERATORS, Generated, GeneratedMark};
pub(super) use index::{IndexOptions, ProjectionArg};
pub(super) use settings::{Billing, Encryption, Policy, Stream, TableClass, TableSettings, Units};
pub(super) use template::{KeyArg, PartForm, PieceArg, TemplateArg};

const MODEL_OPTIONS: [&str; 22] = [
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
    "unique_together",
    "validate",
    "managed",
    "crate",
];

const FIELD_OPTIONS: [&str; 15] = [
    "hash_key",
    "range_key",
    "unique",
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
    pub(super) managers: Vec<ManagerOptions<Ident>>,
    pub(super) default_manager: UniqueOption<Ident>,
    pub(super) time_to_live: UniqueOption<Ident>,
    pub(super) settings: TableSettings,
    pub(super) managed: UniqueOption<bool>,
    pub(super) krate: UniqueOption<Path>,
    rename_all: UniqueOption<RenameRule>,
    /// The lists of fields that are unique together.
    pub(super) unique_together: Vec<UniqueTogether>,
    pub(super) validate: Validators,
    pub(super) fields: Fields<'a>,
    /// The key options of each field, in the order of the stored fields.
    pub(super) keys: Vec<KeyMarks>,
    /// The value that writes give each field, in the order of the stored fields.
    pub(super) generated: Vec<Option<GeneratedMark>>,
}

/// `unique_together = (field, …)`.
pub(super) struct UniqueTogether {
    pub(super) option: Ident,
    pub(super) fields: Vec<Ident>,
}

/// The options `hash_key`, `range_key` and `unique` of one field, as their tokens.
#[derive(Default)]
pub(super) struct KeyMarks {
    pub(super) hash_key: UniqueOption<Ident>,
    pub(super) range_key: UniqueOption<Ident>,
    pub(super) unique: UniqueOption<Ident>,
}

impl KeyMarks {
    /// Sets an option. Returns `false` if it is not one of these.
    fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        let mark = match name.to_string().as_str() {
            "hash_key" => &mut self.hash_key,
            "range_key" => &mut self.range_key,
            "unique" => &mut self.unique,
            _ => return false,
        };
        mark.set(name, Ok(name.clone()), errors);
        arg.word().unwrap_or_else(|error| errors.add(error));
        true
    }

    fn is_any_given(&self) -> bool {
        self.hash_key.is_given() || self.range_key.is_given() || self.unique.is_given()
    }
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
            "unique_together" => match arg.idents() {
                Ok(fields) => self.unique_together.push(UniqueTogether { option: name.clone(), fields }),
                Err(error) => errors.unparsable(error),
            },
            "global_index" => self.global_indexes.extend(IndexOptions::read(arg, &index::GLOBAL, errors)),
            "local_index" => self.local_indexes.extend(IndexOptions::read(arg, &index::LOCAL, errors)),
            "manager" => self.managers.extend(ManagerOptions::read(arg, AttributeArg::ident, errors)),
            _ if self.settings.set(arg, errors) => {}
            _ => errors.unknown_option(name, "a model", &MODEL_OPTIONS),
        }
    }
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
        if keys.set(&arg, errors) {
            continue;
        }
        if let Some(mark) = GeneratedMark::read(&arg) {
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
        && (generated.is_some() || keys.is_any_given())
    {
        errors.at(
            unstored,
            format!("`{unstored}` cannot be combined with the option of a key, a unique field or a generated field"),
        );
    }
    (options.part(field, rename_all, errors), keys, generated)
}
