//! Tables of several models. Models that declare the same table share it.

use std::collections::BTreeSet;

use super::TableDefaults;
use super::setting_conflict::setting_conflict;
use crate::error::{TableConflict, TableDifference, TableMismatch};
use crate::model::{ModelSchema, registered};
use crate::plan::{IndexStatus, TableDescription};
use crate::schema::{GlobalIndex, IndexProjection, KeySchema, TableSchema, Throughput};
use crate::value::Name;

/// A table as it is created for one or several models.
#[derive(Debug)]
pub(super) struct ModelTable<'a> {
    /// The table with everything that its models declare, under its name in the database.
    pub(super) schema: TableSchema,
    models: Vec<&'a ModelSchema>,
}

/// Returns the tables of several models in the order of the models, each table once, and after them the tables of guard items.
///
/// # Errors
///
/// [`TableConflict`], if two models declare the same table in ways that exclude each other.
pub(super) fn tables_of<'a>(
    models: &[&'a ModelSchema],
    defaults: &TableDefaults,
) -> Result<Vec<ModelTable<'a>>, Box<TableConflict>> {
    let mut tables: Vec<ModelTable<'a>> = Vec::new();
    for model in models {
        let name = defaults.table_name(&model.table.name);
        if let Some(table) = tables.iter_mut().find(|table| table.schema.name == name) {
            table.add(model)?;
        } else {
            tables.push(ModelTable { schema: TableSchema { name, ..model.table.clone() }, models: vec![*model] });
        }
    }
    for ModelTable { schema, models } in &mut tables {
        defaults.apply_settings(schema, models.iter().map(|model| &model.settings));
    }
    for model in models {
        let Some(guards) = model.guard_table() else { continue };
        let name = defaults.table_name(&guards.name);
        if !tables.iter().any(|table| table.schema.name == name) {
            let mut schema = TableSchema { name, ..guards };
            defaults.apply_settings(&mut schema, [&model.settings]);
            schema.stream = None;
            tables.push(ModelTable { schema, models: vec![*model] });
        }
    }
    Ok(tables)
}

impl<'a> ModelTable<'a> {
    /// Adds the indexes and the time to live of another model of this table. Its settings are applied once all models are known.
    fn add(&mut self, model: &'a ModelSchema) -> Result<(), Box<TableConflict>> {
        for earlier in &self.models {
            if let Some((setting, values)) = conflict(earlier, model) {
                let models = [earlier.model, model.model];
                return Err(Box::new(TableConflict { table: self.schema.name.clone(), setting, models, values }));
            }
        }
        let schema = &mut self.schema;
        for index in &model.table.global_indexes {
            if !schema.global_indexes.iter().any(|own| own.name == index.name) {
                schema.global_indexes.push(index.clone());
            }
        }
        for index in &model.table.local_indexes {
            if !schema.local_indexes.iter().any(|own| own.name == index.name) {
                schema.local_indexes.push(index.clone());
            }
        }
        schema.time_to_live = schema.time_to_live.take().or_else(|| model.table.time_to_live.clone());
        self.models.push(model);
        Ok(())
    }

    /// Returns the differences between this table and an existing one, or `None` if the existing one serves the models.
    pub(super) fn mismatch(&self, found: &TableDescription) -> Option<TableMismatch> {
        let differences = differences(&self.schema, found);
        if differences.is_empty() {
            return None;
        }
        let declared = &self.models[0].table.name;
        let is_other = |schema: &&ModelSchema| schema.table.name == *declared && !self.models.contains(schema);
        Some(TableMismatch {
            table: self.schema.name.clone(),
            models: self.models.iter().map(|schema| schema.model).collect(),
            sharing: registered().into_iter().filter(is_other).map(|schema| schema.model).collect(),
            differences,
        })
    }
}

/// Returns the first part of a table that two models declare differently, with the two values.
fn conflict(one: &ModelSchema, other: &ModelSchema) -> Option<(String, [String; 2])> {
    let [table, other_table] = [&one.table, &other.table];
    if table.key != other_table.key {
        return Some(("the key".to_owned(), [table.key.to_string(), other_table.key.to_string()]));
    }
    index_conflict(table, other_table)
        .or_else(|| declaration_conflict(table, other_table))
        .or_else(|| setting_conflict(&one.settings, &other.settings))
}

fn index_conflict(one: &TableSchema, other: &TableSchema) -> Option<(String, [String; 2])> {
    for index in indexes(other) {
        let Some(own) = indexes(one).find(|own| own.name == index.name) else { continue };
        let differs = |part: &str, values| Some((format!("the {part} of index `{}`", index.name), values));
        if own.local != index.local {
            return differs("kind", [own.kind().to_owned(), index.kind().to_owned()]);
        }
        if own.key != index.key {
            return differs("key", [own.key.to_string(), index.key.to_string()]);
        }
        if !own.projection.projects(index.projection) || !index.projection.projects(own.projection) {
            return differs("projection", [own.projection.to_string(), index.projection.to_string()]);
        }
    }
    let definitions = one.attribute_definitions();
    for attribute in other.attribute_definitions() {
        let same_name = definitions.iter().find(|own| own.name == attribute.name);
        if let Some(own) = same_name.filter(|own| own.scalar != attribute.scalar) {
            let values = [own.scalar.to_string(), attribute.scalar.to_string()];
            return Some((format!("the type of the key attribute `{}`", attribute.name), values));
        }
    }
    None
}

/// Compares what belongs to attributes of the models: the throughput of indexes and the time to live.
fn declaration_conflict(one: &TableSchema, other: &TableSchema) -> Option<(String, [String; 2])> {
    for GlobalIndex { name, throughput, .. } in &other.global_indexes {
        let own = one.global_indexes.iter().find(|own| own.name == *name);
        if let Some(own) = own.filter(|own| own.throughput != *throughput) {
            let text = |throughput: Option<Throughput>| {
                throughput.map_or_else(|| "that of the table".to_owned(), |units| units.to_string())
            };
            return Some((format!("the throughput of index `{name}`"), [text(own.throughput), text(*throughput)]));
        }
    }
    match (&one.time_to_live, &other.time_to_live) {
        (Some(own), Some(attribute)) if own != attribute => {
            Some(("the time to live".to_owned(), [own.to_string(), attribute.to_string()]))
        }
        _ => None,
    }
}

/// Returns what the existing table lacks of the declared one.
pub(super) fn differences(declared: &TableSchema, found: &TableDescription) -> Vec<TableDifference> {
    if declared.key != found.schema.key {
        return vec![TableDifference::Key { declared: declared.key.clone(), found: found.schema.key.clone() }];
    }
    let deleting: BTreeSet<&Name> = found
        .indexes
        .iter()
        .filter(|index| index.status == Some(IndexStatus::Deleting))
        .map(|index| &index.name)
        .collect();
    let mut differences = Vec::new();
    for index in indexes(declared) {
        let same_name = |found: &IndexRef<'_>| found.name == index.name && found.local == index.local;
        let existing = indexes(&found.schema).find(same_name).filter(|found| !deleting.contains(found.name));
        let name = index.name.clone();
        match existing {
            None => differences.push(TableDifference::MissingIndex { index: name, local: index.local }),
            Some(existing) if existing.key != index.key => differences.push(TableDifference::IndexKey {
                index: name,
                declared: index.key.clone(),
                found: existing.key.clone(),
            }),
            Some(existing) if !existing.projection.projects(index.projection) => {
                differences.push(TableDifference::IndexProjection {
                    index: name,
                    declared: index.projection.clone(),
                    found: existing.projection.clone(),
                });
            }
            Some(_) => {}
        }
    }
    differences
}

/// A local or global index of a table.
struct IndexRef<'a> {
    name: &'a Name,
    key: &'a KeySchema,
    projection: &'a IndexProjection,
    local: bool,
}

impl IndexRef<'_> {
    const fn kind(&self) -> &'static str {
        if self.local { "local" } else { "global" }
    }
}

fn indexes(table: &TableSchema) -> impl Iterator<Item = IndexRef<'_>> {
    let local = table.local_indexes.iter().map(|index| IndexRef {
        name: &index.name,
        key: &index.key,
        projection: &index.projection,
        local: true,
    });
    let global = table.global_indexes.iter().map(|index| IndexRef {
        name: &index.name,
        key: &index.key,
        projection: &index.projection,
        local: false,
    });
    local.chain(global)
}

#[cfg(test)]
mod tests;
