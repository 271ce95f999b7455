//! Validation of a model's options.
//!
//! The result is as complete as the errors allow: everything that the user declares is generated, so that the compiler does not
//! also report it as missing.

mod generated;
mod index;
mod key;
mod manager;
mod name;
mod template;
mod unique;

use std::rc::Rc;

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{LitStr, Path, Visibility};

use super::attr::{Generated, ModelOptions, TableSettings};
use crate::ast::NamedStruct;
use crate::case;
use crate::crate_path;
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::field::{Field, Validators};
use crate::fields::Fields;
use crate::manager::BaseFilter;
use crate::suggestion;
use template::Templates;

pub(super) use template::{KeyAttribute, Piece, Template};

/// A validated model.
pub(super) struct Model<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    /// Path of the crate `djamodb`.
    pub(super) krate: Path,
    pub(super) table: String,
    pub(super) fields: &'a Fields<'a>,
    /// The validators of whole values.
    pub(super) validators: &'a Validators,
    /// `None` only after an error.
    pub(super) hash: Option<KeyAttribute<'a>>,
    pub(super) range: Option<KeyAttribute<'a>>,
    /// The key attributes that are composed of fields.
    pub(super) templates: Vec<Rc<Template<'a>>>,
    pub(super) discriminator: Option<Discriminator>,
    /// Name of the type of the table.
    pub(super) primary: Ident,
    /// Local indexes, then global indexes, as in the schema.
    pub(super) indexes: Vec<Index<'a>>,
    /// The implicit manager of the table, unless a manager `objects` is declared, then the declared managers.
    pub(super) managers: Vec<Manager>,
    /// The manager that `default_manager()` returns.
    pub(super) default_manager: Manager,
    pub(super) time_to_live: Option<&'a Field<'a>>,
    pub(super) settings: &'a TableSettings,
    pub(super) managed: bool,
    /// The fields that writes fill in.
    pub(super) generated: Vec<GeneratedField<'a>>,
    /// The fields of each unique constraint.
    pub(super) unique: Vec<Vec<&'a Field<'a>>>,
}

/// The attribute that says of which model an item is.
pub(super) struct Discriminator {
    pub(super) attribute: String,
    pub(super) constant: Ident,
    pub(super) value: String,
}

impl<'a> Model<'a> {
    /// Returns the attributes of the table's key.
    pub(super) fn table_key(&self) -> impl Iterator<Item = &KeyAttribute<'a>> {
        self.hash.iter().chain(&self.range)
    }

    /// Returns `true` if attributes of the items are composed of fields.
    pub(super) fn is_composed(&self) -> bool {
        !self.templates.is_empty() || self.discriminator.is_some()
    }
}

/// A field that writes fill in.
pub(super) struct GeneratedField<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) value: &'a Generated,
}

/// A validated index.
pub(super) struct Index<'a> {
    pub(super) ident: &'a Ident,
    /// Name of the type of the index.
    pub(super) type_name: Ident,
    pub(super) constant: Ident,
    /// Name of the index in the table.
    pub(super) name: String,
    pub(super) local: bool,
    /// Empty only after an error.
    pub(super) hash: Vec<KeyAttribute<'a>>,
    pub(super) range: Vec<KeyAttribute<'a>>,
    pub(super) projection: IndexProjection<'a>,
}

/// Attributes that an index holds.
pub(super) enum IndexProjection<'a> {
    All,
    KeysOnly,
    Include(Vec<&'a Field<'a>>),
}

/// A validated manager.
#[derive(Clone)]
pub(super) struct Manager {
    pub(super) ident: Ident,
    /// Name of the type of the table or index that it reads.
    pub(super) reads: Ident,
    /// Name of the index in the table, or `None` for the table itself.
    pub(super) index: Option<String>,
    /// Filter of all its querysets.
    pub(super) filter: Option<BaseFilter>,
    /// Type of its querysets, or `None` for `QuerySet`.
    pub(super) queryset: Option<Path>,
}

pub(super) fn check<'a>(ast: &NamedStruct<'a>, options: &'a ModelOptions<'a>, errors: &mut Errors) -> Model<'a> {
    options.fields.check(errors);
    let mut declared = DeclaredNames::default();
    options.fields.declare_constants(&mut declared, errors);

    let fields = FieldsByName { model: ast.ident, fields: &options.fields };
    let templates = Templates::new(fields, options, errors);
    let (hash, range) = key::check(ast, options, &templates, errors);
    let primary = format_ident!("{}Primary", ast.ident);
    let discriminator = discriminator(ast, options, &mut declared, errors);
    let indexes = index::check(fields, &templates, options, hash.as_ref(), range.as_ref(), &mut declared, errors);
    let templates = templates.into_all();
    for template in &templates {
        declared.declare(&template.constant, "the constant of ", &format!("the key `{}`", template.name), errors);
    }
    let (managers, default_manager) = manager::check(ast, options, &primary, &indexes, &mut declared, errors);

    let unique = unique::check(fields, options, range.is_none(), discriminator.as_ref(), errors);

    Model {
        ident: ast.ident,
        visibility: ast.visibility,
        krate: crate_path::resolve(&options.krate),
        table: name::table(ast, options, errors),
        fields: &options.fields,
        validators: &options.validate,
        hash,
        range,
        templates,
        discriminator,
        primary,
        indexes,
        managers,
        default_manager,
        time_to_live: options.time_to_live.get().and_then(|ident| fields.find(ident, errors)),
        settings: &options.settings,
        managed: options.managed.get().copied().unwrap_or(true),
        generated: generated::check(options, errors),
        unique,
    }
}

fn discriminator(
    ast: &NamedStruct<'_>,
    options: &ModelOptions<'_>,
    declared: &mut DeclaredNames,
    errors: &mut Errors,
) -> Option<Discriminator> {
    let value = options.discriminator_value.get();
    let Some(attribute) = options.discriminator.get() else {
        if let Some(value) = value {
            errors.missing(
                value,
                "a model without a discriminator has no value of it; add `discriminator = \"…\"`, the attribute",
            );
        }
        return None;
    };
    let (name, value) = (attribute.value(), value.map_or_else(|| ast.ident.unraw().to_string(), LitStr::value));
    if name.is_empty() || value.is_empty() {
        errors.at(attribute, "the discriminator and its value cannot be empty");
        return None;
    }
    if let Some(field) = options.fields.stored.iter().find(|field| field.name == name) {
        let message =
            format!("the field `{}` is stored as `{name}`, the discriminator; rename one of them", field.rust_name());
        errors.at(attribute, message);
        return None;
    }
    // A name that is no identifier has no constant.
    let letters: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    let ident = Ident::new(&format!("_{letters}"), attribute.span());
    let constant = case::constant(&ident).to_string();
    let constant = constant.trim_start_matches('_');
    let constant = if constant.starts_with(|first: char| first.is_alphabetic()) { constant } else { "DISCRIMINATOR" };
    let constant = Ident::new(constant, attribute.span());
    declared.declare(&constant, "the constant of ", &format!("the discriminator `{name}`"), errors);
    Some(Discriminator { attribute: name, constant, value })
}

/// The fields of a model, found by name.
#[derive(Clone, Copy)]
struct FieldsByName<'a> {
    model: &'a Ident,
    fields: &'a Fields<'a>,
}

impl<'a> FieldsByName<'a> {
    fn find(self, ident: &Ident, errors: &mut Errors) -> Option<&'a Field<'a>> {
        let name = ident.unraw().to_string();
        let found = self.fields.stored.iter().find(|field| field.rust_name() == name);
        if found.is_none() {
            let names: Vec<_> = self.fields.stored.iter().map(Field::rust_name).collect();
            let (model, known) = (self.model, suggestion::known_names(&name, "fields", &names));
            let flattened = if self.fields.flattened.is_empty() {
                ""
            } else {
                "; a field of a flattened document cannot be named here, so declare it in the model itself"
            };
            errors.at(ident, format!("`{model}` has no field `{name}`{known}{flattened}"));
        }
        found
    }
}
