//! Models that share a table, as the service would be asked for it.

use super::*;
use crate::plan::{IndexDescription, TableStatus};
use crate::schema::{KeyAttribute, LocalIndex, StreamView, Tag};

fn key() -> KeySchema {
    KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::s("sk"))
}

fn index_key(attribute: KeyAttribute) -> KeySchema {
    KeySchema::hash(attribute)
}

/// A table with every kind of setting.
fn shop() -> TableSchema {
    let mut table = TableSchema::new("shop", key());
    table.global_indexes = vec![GlobalIndex::new("by_kind", index_key(KeyAttribute::s("kind")), IndexProjection::All)];
    let by_size = KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::n("size"));
    table.local_indexes = vec![LocalIndex::new("by_size", by_size, IndexProjection::KeysOnly)];
    table.tags = vec![Tag::new("team", "blue")];
    table.time_to_live = Some("expires".into());
    table.stream = Some(StreamView::KeysOnly);
    table
}

fn model(name: &'static str, table: TableSchema) -> ModelSchema {
    ModelSchema::new(name, table, Vec::new())
}

fn shared(one: TableSchema, other: TableSchema, defaults: &TableDefaults) -> Result<TableSchema, Box<TableConflict>> {
    let (one, other) = (model("Order", one), model("Customer", other));
    let mut tables = tables_of(&[&one, &other], defaults)?;
    assert_eq!(tables.len(), 1);
    Ok(tables.remove(0).schema)
}

#[test]
fn a_shared_table_has_the_indexes_and_settings_of_all_its_models() {
    let mut other = TableSchema::new("shop", key());
    other.global_indexes =
        vec![GlobalIndex::new("by_mail", index_key(KeyAttribute::s("mail")), IndexProjection::KeysOnly)];
    let by_age = KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::n("age"));
    other.local_indexes = vec![LocalIndex::new("by_age", by_age, IndexProjection::All)];
    other.tags = vec![Tag::new("team", "blue"), Tag::new("cost", "low")];
    other.point_in_time_recovery = true;
    other.deletion_protection = true;

    let defaults = TableDefaults::default();
    for (one, other) in [(shop(), other.clone()), (other.clone(), shop())] {
        let table = shared(one, other, &defaults).unwrap();
        let mut names: Vec<_> = indexes(&table).map(|index| index.name.to_string()).collect();
        names.sort();
        assert_eq!(names, ["by_age", "by_kind", "by_mail", "by_size"]);
        let mut tags: Vec<_> = table.tags.iter().map(|tag| tag.key.as_str()).collect();
        tags.sort_unstable();
        assert_eq!(tags, ["cost", "team"]);
        assert_eq!(table.time_to_live.as_deref(), Some("expires"));
        assert_eq!(table.stream, Some(StreamView::KeysOnly));
        assert!(table.point_in_time_recovery && table.deletion_protection);
    }
    assert_eq!(shared(shop(), shop(), &defaults).unwrap(), shop(), "equal declarations are one");
}

/// A change of a declaration.
type Change = fn(&mut TableSchema);

#[test]
fn every_contradiction_names_both_models_and_both_values() {
    let changes: [(&str, Change); 12] = [
        ("the key is hash key pk (S), range key sk (S) in Order, and hash key pk (S) in Customer", |table| {
            table.key = KeySchema::hash(KeyAttribute::s("pk"));
        }),
        ("the key of index `by_kind` is hash key kind (S) in Order, and hash key sort (S) in Customer", |table| {
            table.global_indexes[0].key = index_key(KeyAttribute::s("sort"));
        }),
        (
            "the projection of index `by_kind` is all attributes in Order, and note and mail besides the keys in Customer",
            |table| table.global_indexes[0].projection = IndexProjection::Include(vec!["note".into(), "mail".into()]),
        ),
        ("the projection of index `by_size` is the keys only in Order, and all attributes in Customer", |table| {
            table.local_indexes[0].projection = IndexProjection::All;
        }),
        ("the kind of index `by_kind` is global in Order, and local in Customer", |table| {
            table.local_indexes[0].name = "by_kind".into();
            table.global_indexes.clear();
        }),
        ("the type of the key attribute `kind` is S in Order, and N in Customer", |table| {
            table.global_indexes[0] =
                GlobalIndex::new("by_number", index_key(KeyAttribute::n("kind")), IndexProjection::All);
        }),
        (
            "the throughput of index `by_kind` is that of the table in Order, and 3 read and 2 write units in Customer",
            |table| table.global_indexes[0].throughput = Some(Throughput { read_units: 3, write_units: 2 }),
        ),
        ("the billing is PAY_PER_REQUEST in Order, and PROVISIONED, 5 read and 1 write units in Customer", |table| {
            table.billing = Billing::Provisioned(Throughput { read_units: 5, write_units: 1 });
        }),
        ("the time to live is expires in Order, and ends in Customer", |table| {
            table.time_to_live = Some("ends".into());
        }),
        ("the stream is KeysOnly in Order, and NewImage in Customer", |table| {
            table.stream = Some(StreamView::NewImage);
        }),
        ("the tag `team` is `blue` in Order, and `red` in Customer", |table| {
            table.tags = vec![Tag::new("team", "red")];
        }),
        (
            "the key of index `by_size` is hash key pk (S), range key size (N) in Order, and hash key pk (S), range key weight (N) in Customer",
            |table| {
                table.local_indexes[0].key =
                    KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::n("weight"));
            },
        ),
    ];
    let defaults = TableDefaults { prefix: Some("test".into()), ..TableDefaults::default() };
    for (expected, change) in changes {
        let mut other = shop();
        change(&mut other);
        let conflict = shared(shop(), other, &defaults).unwrap_err();
        let expected = format!("models Order and Customer declare table test-shop differently: {expected}");
        assert_eq!(conflict.to_string(), expected);
    }
}

#[test]
fn the_order_of_projected_attributes_is_no_contradiction() {
    let with = |names: [&'static str; 2]| {
        let mut table = shop();
        table.global_indexes[0].projection = IndexProjection::Include(names.map(Name::from).to_vec());
        table
    };
    assert!(shared(with(["a", "b"]), with(["b", "a"]), &TableDefaults::default()).is_ok());
}

#[test]
fn a_third_model_is_compared_with_both_others() {
    let plain = TableSchema::new("shop", key());
    let mut ends = plain.clone();
    ends.time_to_live = Some("ends".into());
    let models = [model("Order", plain), model("Customer", shop()), model("Invoice", ends)];
    let conflict = tables_of(&models.each_ref(), &TableDefaults::default()).unwrap_err();
    assert_eq!(conflict.models, ["Customer", "Invoice"]);
}

#[test]
fn defaults_apply_where_no_model_of_the_table_has_a_setting() {
    let provisioned = |read_units| Billing::Provisioned(Throughput { read_units, write_units: 1 });
    let defaults = TableDefaults {
        prefix: Some("test".into()),
        billing: provisioned(5),
        tags: vec![Tag::new("team", "none"), Tag::new("table", "{table_name}")],
        stream: Some(StreamView::NewImage),
        ..TableDefaults::default()
    };
    let plain = TableSchema::new("shop", key());
    let table = shared(plain.clone(), shop(), &defaults).unwrap();
    assert_eq!(table.name, "test-shop");
    assert_eq!(table.stream, Some(StreamView::KeysOnly), "that of the model");
    assert_eq!(table.tags, [Tag::new("team", "blue"), Tag::new("table", "test-shop")]);
    assert_eq!(table.billing, provisioned(5));
    assert_eq!(shared(plain.clone(), plain.clone(), &defaults).unwrap().stream, Some(StreamView::NewImage));

    let billed = |read_units| TableSchema { billing: provisioned(read_units), ..plain.clone() };
    assert_eq!(shared(plain.clone(), billed(5), &defaults).unwrap().billing, provisioned(5));
    let conflict = shared(plain.clone(), billed(6), &defaults).unwrap_err();
    let billing = |read_units: u8| format!("PROVISIONED, {read_units} read and 1 write units");
    assert_eq!(conflict.values, [billing(5), billing(6)], "the default and that of the model");
}

#[test]
fn models_of_different_tables_keep_their_own() {
    let models = [
        model("A", TableSchema::new("a", key())),
        model("B", TableSchema::new("b", index_key(KeyAttribute::n("id")))),
        model("C", shop()),
    ];
    let tables = tables_of(&models.each_ref(), &TableDefaults::default()).unwrap();
    let names: Vec<_> = tables.iter().map(|table| table.schema.name.to_string()).collect();
    assert_eq!(names, ["a", "b", "shop"]);
    assert_eq!(tables[2].schema, shop());
}

fn found(schema: TableSchema) -> TableDescription {
    TableDescription::new(schema, TableStatus::Active)
}

#[test]
fn an_existing_table_with_more_serves_the_models() {
    let order = model("Order", shop());
    let table = table_of(&order);
    assert_eq!(table.mismatch(&found(shop())), None);
    let mut more = shop();
    more.global_indexes.push(GlobalIndex::new("other", index_key(KeyAttribute::s("x")), IndexProjection::All));
    more.local_indexes[0].projection = IndexProjection::All;
    more.billing = Billing::Provisioned(Throughput { read_units: 1, write_units: 1 });
    (more.stream, more.time_to_live) = (None, None);
    more.tags.clear();
    assert_eq!(table.mismatch(&found(more)), None);
}

#[test]
fn every_lack_of_an_existing_table_is_named() {
    let order = model("Order", shop());
    let table = table_of(&order);
    let message = |change: fn(&mut TableDescription)| {
        let mut description = found(shop());
        change(&mut description);
        table.mismatch(&description).map(|mismatch| mismatch.to_string()).unwrap_or_default()
    };
    assert_eq!(
        message(|found| found.schema.global_indexes.clear()),
        "table shop exists, but not as Order declares it: it has no global index `by_kind`; add an index to an existing table with \
         UpdateTable"
    );
    let deleting = |found: &mut TableDescription| {
        found.indexes = vec![IndexDescription {
            name: "by_kind".into(),
            arn: None,
            status: Some(IndexStatus::Deleting),
            backfilling: false,
            item_count: 0,
            size_bytes: 0,
        }];
    };
    assert!(message(deleting).contains("no global index `by_kind`"), "an index that is being deleted is lacking");
    assert!(message(|found| found.schema.local_indexes.clear()).contains("no local index `by_size`; only a new table"));
    assert!(
        message(|found| found.schema.key = KeySchema::hash(KeyAttribute::n("id")))
            .contains("its key is hash key id (N), not hash key pk (S), range key sk (S); only a new table")
    );
    assert!(
        message(|found| found.schema.global_indexes[0].key = index_key(KeyAttribute::n("kind")))
            .contains("the key of its index `by_kind` is hash key kind (N), not hash key kind (S)")
    );
    assert!(
        message(|found| found.schema.global_indexes[0].projection = IndexProjection::KeysOnly)
            .contains("its index `by_kind` projects the keys only, not all attributes")
    );
}

/// Returns the table of one model.
fn table_of(model: &ModelSchema) -> ModelTable<'_> {
    tables_of(&[model], &TableDefaults::default()).unwrap().remove(0)
}
