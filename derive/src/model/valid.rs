//! What the options mean together, and whether they can.
//!
//! The result is as complete as the mistakes allow, so that whatever was declared exists and is not reported as missing.

mod index;
mod key;
mod manager;
mod name;

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Path, Visibility};

use super::attr::{BaseFilter, Options, StreamView};
use crate::ast::Struct;
use crate::errors::Errors;
use crate::field::{self, Field};
use crate::krate;
use crate::members::Members;
use crate::nearest;

/// A model that makes sense, but for the mistakes that were found.
pub(super) struct Model<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a Visibility,
    /// The path to the facade.
    pub(super) krate: Path,
    pub(super) table: String,
    pub(super) fields: &'a [Field<'a>],
    /// Absent with a mistake only.
    pub(super) hash: Option<&'a Field<'a>>,
    pub(super) range: Option<&'a Field<'a>>,
    /// The type that stands for the table.
    pub(super) primary: Ident,
    /// Local indexes, then global ones: the order of the schema.
    pub(super) indexes: Vec<Index<'a>>,
    /// The one over the table that comes by itself, unless `objects` is declared, then those declared.
    pub(super) managers: Vec<Manager>,
    /// The one that `default_manager()` gives.
    pub(super) default_manager: Manager,
    pub(super) time_to_live: Option<&'a Field<'a>>,
    pub(super) stream: Option<&'static str>,
    pub(super) managed: bool,
}

/// An index.
pub(super) struct Index<'a> {
    pub(super) ident: &'a Ident,
    /// The type that stands for it, and the constant of that type.
    pub(super) type_name: Ident,
    pub(super) constant: Ident,
    /// The name in the table.
    pub(super) name: String,
    pub(super) local: bool,
    /// Empty with a mistake only.
    pub(super) hash: Vec<&'a Field<'a>>,
    pub(super) range: Vec<&'a Field<'a>>,
    pub(super) projection: Projection<'a>,
}

/// What an index holds.
pub(super) enum Projection<'a> {
    All,
    KeysOnly,
    Include(Vec<&'a Field<'a>>),
}

/// A manager.
#[derive(Clone)]
pub(super) struct Manager {
    pub(super) ident: Ident,
    /// The type of what it reads.
    pub(super) reads: Ident,
    /// The index's name; absent for the table.
    pub(super) index: Option<String>,
    /// What all its querysets keep.
    pub(super) filter: Option<BaseFilter>,
}

pub(super) fn check<'a>(ast: &Struct<'a>, options: &'a Options<'a>, errors: &mut Errors) -> Model<'a> {
    field::check_names(&options.fields, errors);
    let mut members = Members::default();
    field::check_constants(&options.fields, &mut members, errors);

    let lookup = Lookup { model: ast.ident, fields: &options.fields };
    let (hash, range) = key::check(ast, options, errors);
    let primary = format_ident!("{}Primary", ast.ident);
    let indexes = index::check(lookup, options, hash, range, &mut members, errors);
    let (managers, default_manager) = manager::check(ast, options, &primary, &indexes, &mut members, errors);

    Model {
        ident: ast.ident,
        visibility: ast.visibility,
        krate: krate::path(&options.krate),
        table: name::table(ast, options, errors),
        fields: &options.fields,
        hash,
        range,
        primary,
        indexes,
        managers,
        default_manager,
        time_to_live: options.time_to_live.get().and_then(|ident| lookup.field(ident, errors)),
        stream: options.stream.get().map(|StreamView(variant)| *variant),
        managed: options.managed.get().copied().unwrap_or(true),
    }
}

/// Finds fields by name.
#[derive(Clone, Copy)]
struct Lookup<'a> {
    model: &'a Ident,
    fields: &'a [Field<'a>],
}

impl<'a> Lookup<'a> {
    fn field(self, ident: &Ident, errors: &mut Errors) -> Option<&'a Field<'a>> {
        let name = ident.unraw().to_string();
        let found = self.fields.iter().find(|field| field.rust_name() == name);
        if found.is_none() {
            let known: Vec<_> = self.fields.iter().map(Field::rust_name).collect();
            let (model, among) = (self.model, nearest::among(&name, "fields", &known));
            errors.at(ident, format!("`{model}` has no field `{name}`{among}"));
        }
        found
    }
}
