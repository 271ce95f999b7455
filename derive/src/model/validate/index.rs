//! Indexes.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;

use super::super::attr::{IndexOptions, KeyArg, ModelOptions, ProjectionArg};
use super::template::Templates;
use super::{FieldsByName, Index, IndexProjection, KeyAttribute, name};
use crate::case;
use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::field::Field;
use crate::limits::{GLOBAL_INDEXES_MAX, INDEX_KEY_ATTRIBUTES_MAX, LOCAL_INDEXES_MAX};

/// Returns the local indexes, then the global indexes.
pub(super) fn check<'a>(
    model_fields: FieldsByName<'a>,
    templates: &Templates<'a>,
    options: &'a ModelOptions<'a>,
    table_hash: Option<&KeyAttribute<'a>>,
    table_range: Option<&KeyAttribute<'a>>,
    declared: &mut DeclaredNames,
    errors: &mut Errors,
) -> Vec<Index<'a>> {
    check_count(&options.local_indexes, "local", LOCAL_INDEXES_MAX, errors);
    check_count(&options.global_indexes, "global", GLOBAL_INDEXES_MAX, errors);
    let mut names = IndexNames::new(model_fields.model, declared);

    let local = options.local_indexes.iter().map(|index| (index, true));
    let global = options.global_indexes.iter().map(|index| (index, false));
    let mut indexes = Vec::new();
    for (index, local) in local.chain(global) {
        let (hash, range) = if local {
            local_key(templates, index, table_hash, table_range, errors)
        } else {
            global_key(templates, index, errors)
        };
        let (constant, type_name, name) = names.declare(model_fields.model, index, errors);
        let projection = projection(model_fields, index.projection.get(), errors);
        indexes.push(Index { ident: &index.ident, type_name, constant, name, local, hash, range, projection });
    }
    indexes
}

/// Names of indexes in each namespace in which they must be unique.
struct IndexNames<'a> {
    members: &'a mut DeclaredNames,
    types: DeclaredNames,
    in_table: BTreeSet<String>,
}

impl<'a> IndexNames<'a> {
    fn new(model: &Ident, members: &'a mut DeclaredNames) -> Self {
        let mut types = DeclaredNames::default();
        types.reserve(&format!("{}Primary", model.unraw()), "the type of the table".to_owned());
        Self { members, types, in_table: BTreeSet::new() }
    }

    /// Returns the names of the index's constant and type, and its name in the table.
    fn declare(&mut self, model: &Ident, index: &IndexOptions, errors: &mut Errors) -> (Ident, Ident, String) {
        let (ident, given_name) = (&index.ident, index.name.get());
        let plain = ident.unraw().to_string();
        let constant = case::constant(ident);
        let type_name = format_ident!("{model}{}", case::type_name(ident), span = ident.span());
        let name = name::index(&plain, ident, given_name, errors);

        let origin = format!("the index `{plain}`");
        let is_new = self.members.declare(&constant, "the constant of ", &origin, errors)
            && self.types.declare(&type_name, "the type of ", &origin, errors);
        if is_new && !self.in_table.insert(name.clone()) {
            let message = format!("two indexes have the name `{name}` in the table; rename one of them");
            match given_name {
                Some(given_name) => errors.at(given_name, message),
                None => errors.at(ident, message),
            }
        }
        (constant, type_name, name)
    }
}

fn check_count(indexes: &[IndexOptions], kind: &str, count_max: usize, errors: &mut Errors) {
    if let Some(first_excess) = indexes.get(count_max) {
        let message = format!("a table has at most {count_max} {kind} indexes, but this model has {}", indexes.len());
        errors.at(&first_excess.ident, message);
    }
}

/// Hash attributes and range attributes.
type IndexKey<'a> = (Vec<KeyAttribute<'a>>, Vec<KeyAttribute<'a>>);

/// Returns the key of a local index: the hash key of the table and one range attribute.
fn local_key<'a>(
    templates: &Templates<'a>,
    index: &IndexOptions,
    table_hash: Option<&KeyAttribute<'a>>,
    table_range: Option<&KeyAttribute<'a>>,
    errors: &mut Errors,
) -> IndexKey<'a> {
    let ident = &index.ident;
    if table_range.is_none() {
        let message = "a local index requires a table with a range key; \
                       mark a field with #[model(range_key)], or make this a global index";
        errors.missing(ident, message);
    }
    if !index.range_key.is_given() {
        errors.missing(ident, format!("a local index needs a range key; write `local_index({ident}, range_key = …)`"));
    }
    let range = index.range_key.get().map(Vec::as_slice).unwrap_or_default();
    if let [_, second, ..] = range {
        errors.at(ident_of(second), "a local index has one range attribute; only a global index can have more");
    }
    let hash: Vec<_> = table_hash.into_iter().cloned().collect();
    let range = distinct_keys(templates, range, hash.clone(), errors);
    (hash, range)
}

fn global_key<'a>(templates: &Templates<'a>, index: &IndexOptions, errors: &mut Errors) -> IndexKey<'a> {
    let ident = &index.ident;
    if !index.hash_key.is_given() {
        errors.missing(ident, format!("a global index needs a hash key; write `global_index({ident}, hash_key = …)`"));
    }
    let keys = |option: Option<&'_ Vec<KeyArg>>| option.cloned().unwrap_or_default();
    let (hash, range) = (keys(index.hash_key.get()), keys(index.range_key.get()));
    for (keys, kind) in [(&hash, "hash"), (&range, "range")] {
        if let Some(first_excess) = keys.get(INDEX_KEY_ATTRIBUTES_MAX) {
            let message = format!(
                "an index has at most {INDEX_KEY_ATTRIBUTES_MAX} {kind} attributes, but this one has {}",
                keys.len()
            );
            errors.at(ident_of(first_excess), message);
        }
    }
    let hash = distinct_keys(templates, &hash, Vec::new(), errors);
    let range = distinct_keys(templates, &range, hash.clone(), errors);
    (hash, range)
}

fn ident_of(key: &KeyArg) -> &Ident {
    match key {
        KeyArg::Name(ident) => ident,
        KeyArg::Template(template) => &template.ident,
    }
}

/// Returns the attributes of a key. Adds an error for each that is listed twice or is one of `earlier`.
fn distinct_keys<'a>(
    templates: &Templates<'a>,
    keys: &[KeyArg],
    earlier: Vec<KeyAttribute<'a>>,
    errors: &mut Errors,
) -> Vec<KeyAttribute<'a>> {
    let (mut seen, mut attributes) = (earlier, Vec::new());
    for key in keys {
        let Some(attribute) = templates.key(key, errors) else { continue };
        if seen.iter().any(|earlier| earlier.name() == attribute.name()) {
            errors.at(ident_of(key), format!("`{}` is already part of this key; remove it", ident_of(key)));
        }
        seen.push(attribute.clone());
        attributes.push(attribute);
    }
    attributes
}

/// Returns the fields of a projection. Adds an error for each that is listed twice.
fn distinct_fields<'a>(model_fields: FieldsByName<'a>, idents: &[Ident], errors: &mut Errors) -> Vec<&'a Field<'a>> {
    let (mut seen, mut fields): (Vec<&Field<'_>>, _) = (Vec::new(), Vec::new());
    for ident in idents {
        let Some(field) = model_fields.find(ident, errors) else { continue };
        if seen.iter().any(|earlier| earlier.ident == field.ident) {
            errors.at(ident, format!("`{}` is already part of this projection; remove it", field.rust_name()));
        }
        seen.push(field);
        fields.push(field);
    }
    fields
}

fn projection<'a>(
    model_fields: FieldsByName<'a>,
    option: Option<&'a ProjectionArg>,
    errors: &mut Errors,
) -> IndexProjection<'a> {
    match option {
        None | Some(ProjectionArg::All) => IndexProjection::All,
        Some(ProjectionArg::KeysOnly) => IndexProjection::KeysOnly,
        Some(ProjectionArg::Include(idents)) => IndexProjection::Include(distinct_fields(model_fields, idents, errors)),
    }
}
