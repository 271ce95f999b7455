//! Indexes.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;

use super::super::attr::{IndexOptions, Options, ProjectionOption};
use super::{Index, Lookup, Projection, name};
use crate::case;
use crate::errors::Errors;
use crate::field::Field;
use crate::limits::{GLOBAL_INDEXES_MAX, INDEX_KEY_ATTRIBUTES_MAX, LOCAL_INDEXES_MAX};
use crate::members::Members;

/// Local indexes, then global ones.
pub(super) fn check<'a>(
    lookup: Lookup<'a>,
    options: &'a Options<'a>,
    table_hash: Option<&'a Field<'a>>,
    table_range: Option<&'a Field<'a>>,
    members: &mut Members,
    errors: &mut Errors,
) -> Vec<Index<'a>> {
    check_count(&options.local_indexes, "local", LOCAL_INDEXES_MAX, errors);
    check_count(&options.global_indexes, "global", GLOBAL_INDEXES_MAX, errors);
    let mut names = Names::new(lookup.model, members);

    let local = options.local_indexes.iter().map(|index| (index, true));
    let global = options.global_indexes.iter().map(|index| (index, false));
    let mut indexes = Vec::new();
    for (index, local) in local.chain(global) {
        let (hash, range) = if local {
            local_key(lookup, index, table_hash, table_range, errors)
        } else {
            global_key(lookup, index, errors)
        };
        let (constant, type_name, name) = names.declare(lookup.model, index, errors);
        let projection = projection(lookup, index.projection.get(), errors);
        indexes.push(Index { ident: &index.ident, type_name, constant, name, local, hash, range, projection });
    }
    indexes
}

/// The names that indexes have and must not share.
struct Names<'a> {
    members: &'a mut Members,
    types: Members,
    in_table: BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn new(model: &Ident, members: &'a mut Members) -> Self {
        let mut types = Members::default();
        types.reserve(&format!("{}Primary", model.unraw()), "the type that stands for the table".to_owned());
        Self { members, types, in_table: BTreeSet::new() }
    }

    /// The index's constant, its type, and its name in the table.
    fn declare(&mut self, model: &Ident, index: &IndexOptions, errors: &mut Errors) -> (Ident, Ident, String) {
        let (ident, given_name) = (&index.ident, index.name.get());
        let plain = ident.unraw().to_string();
        let constant = case::constant(ident);
        let type_name = format_ident!("{model}{}", case::type_name(ident), span = ident.span());
        let name = name::index(&plain, ident, given_name, errors);

        let what = format!("the index `{plain}`");
        let is_new = self.members.declare(&constant, "the constant of ", &what, errors)
            && self.types.declare(&type_name, "the type of ", &what, errors);
        if is_new && !self.in_table.insert(name.clone()) {
            let message = format!("two indexes are called `{name}` in the table");
            match given_name {
                Some(place) => errors.at(place, message),
                None => errors.at(ident, message),
            }
        }
        (constant, type_name, name)
    }
}

fn check_count(indexes: &[IndexOptions], kind: &str, count_max: usize, errors: &mut Errors) {
    if let Some(first_too_many) = indexes.get(count_max) {
        let message = format!("a table has at most {count_max} {kind} indexes, and this model has {}", indexes.len());
        errors.at(&first_too_many.ident, message);
    }
}

type Key<'a> = (Vec<&'a Field<'a>>, Vec<&'a Field<'a>>);

/// The table's hash key, and one range attribute.
fn local_key<'a>(
    lookup: Lookup<'a>,
    index: &IndexOptions,
    table_hash: Option<&'a Field<'a>>,
    table_range: Option<&'a Field<'a>>,
    errors: &mut Errors,
) -> Key<'a> {
    let ident = &index.ident;
    if table_range.is_none() {
        let message = "a local index needs a table with a range key; \
                       mark a field with #[model(range_key)], or make this a global index";
        errors.missing(ident, message);
    }
    if !index.range_key.is_given() {
        errors.missing(ident, format!("a local index has a range key: `local_index({ident}, range_key = …)`"));
    }
    let range = index.range_key.get().map(Vec::as_slice).unwrap_or_default();
    if let [_, second, ..] = range {
        errors.at(second, "a local index has one range attribute; only a global index can have more");
    }
    let hash: Vec<_> = table_hash.into_iter().collect();
    let range = distinct_fields(lookup, "key", range, hash.clone(), errors);
    (hash, range)
}

fn global_key<'a>(lookup: Lookup<'a>, index: &IndexOptions, errors: &mut Errors) -> Key<'a> {
    let ident = &index.ident;
    if !index.hash_key.is_given() {
        errors.missing(ident, format!("a global index has a hash key: `global_index({ident}, hash_key = …)`"));
    }
    let half = |option: Option<&'_ Vec<Ident>>| option.cloned().unwrap_or_default();
    let (hash, range) = (half(index.hash_key.get()), half(index.range_key.get()));
    for (idents, kind) in [(&hash, "hash"), (&range, "range")] {
        if let Some(fifth) = idents.get(INDEX_KEY_ATTRIBUTES_MAX) {
            let message = format!(
                "an index has at most {INDEX_KEY_ATTRIBUTES_MAX} {kind} attributes, and this one has {}",
                idents.len()
            );
            errors.at(fifth, message);
        }
    }
    let hash = distinct_fields(lookup, "key", &hash, Vec::new(), errors);
    let range = distinct_fields(lookup, "key", &range, hash.clone(), errors);
    (hash, range)
}

/// Fields of which none may stand twice in `whole`, of which there are some already.
fn distinct_fields<'a>(
    lookup: Lookup<'a>,
    whole: &str,
    idents: &[Ident],
    earlier: Vec<&'a Field<'a>>,
    errors: &mut Errors,
) -> Vec<&'a Field<'a>> {
    let (mut seen, mut fields) = (earlier, Vec::new());
    for ident in idents {
        let Some(field) = lookup.field(ident, errors) else { continue };
        if seen.iter().any(|earlier| earlier.ident == field.ident) {
            errors.at(ident, format!("`{}` is part of this {whole} already", field.rust_name()));
        }
        seen.push(field);
        fields.push(field);
    }
    fields
}

fn projection<'a>(lookup: Lookup<'a>, option: Option<&'a ProjectionOption>, errors: &mut Errors) -> Projection<'a> {
    match option {
        None | Some(ProjectionOption::All) => Projection::All,
        Some(ProjectionOption::KeysOnly) => Projection::KeysOnly,
        Some(ProjectionOption::Include(idents)) => {
            Projection::Include(distinct_fields(lookup, "projection", idents, Vec::new(), errors))
        }
    }
}
