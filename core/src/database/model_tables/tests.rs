//! Models that share a table, as the service would be asked for it.

use super::*;
use crate::plan::{IndexDescription, TableStatus};
use crate::schema::{
    Billing, Encryption, KeyAttribute, LocalIndex, OnDemandMaximum, StreamView, TableClass, TableSettings, Tag,
    WarmThroughput,
};

fn key() -> KeySchema {
    KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::s("sk"))
}

fn index_key(attribute: KeyAttribute) -> KeySchema {
    KeySchema::hash(attribute)
}

/// A declaration of a model: its table and the settings that it gives.
#[derive(Clone)]
struct Declared {
    table: TableSchema,
    settings: TableSettings,
}

const SHOP: TableSettings = TableSettings::new().tag("team", "blue").stream(StreamView::KeysOnly);

/// A table with both kinds of indexes and a time to live, which leaves no further setting open than its billing and its switches.
fn shop() -> Declared {
    let mut table = TableSchema::new("shop", key());
    table.global_indexes = vec![GlobalIndex::new("by_kind", index_key(KeyAttribute::s("kind")), IndexProjection::All)];
    let by_size = KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::n("size"));
    table.local_indexes = vec![LocalIndex::new("by_size", by_size, IndexProjection::KeysOnly)];
    table.time_to_live = Some("expires".into());
    Declared { table, settings: SHOP }
}

/// The table of `shop()` as it is created without defaults of a database.
fn created_shop() -> TableSchema {
    model("Order", shop()).table
}

fn plain(settings: TableSettings) -> Declared {
    Declared { table: TableSchema::new("shop", key()), settings }
}

fn model(name: &'static str, declared: Declared) -> ModelSchema {
    ModelSchema::new(name, declared.table, Vec::new()).with_settings(declared.settings)
}

fn shared(one: Declared, other: Declared, defaults: &TableDefaults) -> Result<TableSchema, Box<TableConflict>> {
    let (one, other) = (model("Order", one), model("Customer", other));
    let mut tables = tables_of(&[&one, &other], defaults)?;
    assert_eq!(tables.len(), 1);
    Ok(tables.remove(0).schema)
}

#[test]
fn a_shared_table_has_the_indexes_and_settings_of_all_its_models() {
    let settings = TableSettings::new().tag("team", "blue").tag("cost", "low").point_in_time_recovery(true);
    let settings = settings.deletion_protection(true).table_class(TableClass::StandardInfrequentAccess);
    let mut other = plain(settings);
    other.table.global_indexes =
        vec![GlobalIndex::new("by_mail", index_key(KeyAttribute::s("mail")), IndexProjection::KeysOnly)];
    let by_age = KeySchema::hash_and_range(KeyAttribute::s("pk"), KeyAttribute::n("age"));
    other.table.local_indexes = vec![LocalIndex::new("by_age", by_age, IndexProjection::All)];

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
        assert_eq!(table.table_class, TableClass::StandardInfrequentAccess);
    }
    assert_eq!(shared(shop(), shop(), &defaults).unwrap(), created_shop(), "equal declarations are one");
}

/// A change of a declaration.
type Change = fn(&mut Declared);

#[test]
fn every_contradiction_names_both_models_and_both_values() {
    let changes: [(&str, Change); 9] = [
        ("the key is hash key pk (S), range key sk (S) in Order, and hash key pk (S) in Customer", |declared| {
            declared.table.key = KeySchema::hash(KeyAttribute::s("pk"));
        }),
        ("the key of index `by_kind` is hash key kind (S) in Order, and hash key sort (S) in Customer", |declared| {
            declared.table.global_indexes[0].key = index_key(KeyAttribute::s("sort"));
        }),
        (
            "the projection of index `by_kind` is all attributes in Order, and note and mail besides the keys in Customer",
            |declared| {
                declared.table.global_indexes[0].projection =
                    IndexProjection::Include(vec!["note".into(), "mail".into()]);
            },
        ),
        ("the projection of index `by_size` is the keys only in Order, and all attributes in Customer", |declared| {
            declared.table.local_indexes[0].projection = IndexProjection::All;
        }),
        ("the kind of index `by_kind` is global in Order, and local in Customer", |declared| {
            declared.table.local_indexes[0].name = "by_kind".into();
            declared.table.global_indexes.clear();
        }),
        ("the type of the key attribute `kind` is S in Order, and N in Customer", |declared| {
            declared.table.global_indexes[0] =
                GlobalIndex::new("by_number", index_key(KeyAttribute::n("kind")), IndexProjection::All);
        }),
        (
            "the throughput of index `by_kind` is that of the table in Order, and 3 read and 2 write units in Customer",
            |declared| declared.table.global_indexes[0].throughput = Some(Throughput { read_units: 3, write_units: 2 }),
        ),
        ("the time to live is expires in Order, and ends in Customer", |declared| {
            declared.table.time_to_live = Some("ends".into());
        }),
        (
            "the key of index `by_size` is hash key pk (S), range key size (N) in Order, and hash key pk (S), range key weight (N) in Customer",
            |declared| {
                declared.table.local_indexes[0].key =
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
fn settings_that_two_models_give_differently_are_contradictions() {
    const NONE: TableSettings = TableSettings::new();
    assert_contradict(
        "the billing is PAY_PER_REQUEST in Order, and PROVISIONED, 5 read and 1 write units in Customer",
        [NONE.billing(Billing::PayPerRequest), NONE.billing(Billing::provisioned(5, 1))],
    );
    assert_contradict(
        "the table class is STANDARD in Order, and STANDARD_INFREQUENT_ACCESS in Customer",
        [NONE.table_class(TableClass::Standard), NONE.table_class(TableClass::StandardInfrequentAccess)],
    );
    assert_contradict(
        "the on-demand maximum is 500 read units in Order, and none in Customer",
        [NONE.on_demand_maximum(OnDemandMaximum::read(500)), NONE.on_demand_maximum(OnDemandMaximum::NONE)],
    );
    assert_contradict(
        "the warm throughput is 13000 read and 5000 write units in Order, and 5000 write units in Customer",
        [NONE.warm_throughput(WarmThroughput::new(13_000, 5_000)), NONE.warm_throughput(WarmThroughput::write(5_000))],
    );
    assert_contradict(
        "the encryption is the AWS managed key in Order, and the customer managed key `alias/orders` in Customer",
        [NONE.aws_managed_key(), NONE.customer_managed_key("alias/orders")],
    );
    assert_contradict(
        "the resource policy is `{}` in Order, and none in Customer",
        [NONE.resource_policy("{}"), NONE.without_resource_policy()],
    );
    assert_contradict(
        "the stream is KeysOnly in Order, and NewImage in Customer",
        [NONE.stream(StreamView::KeysOnly), NONE.stream(StreamView::NewImage)],
    );
    assert_contradict("the stream is KeysOnly in Order, and off in Customer", [SHOP, NONE.without_stream()]);
    assert_contradict(
        "point-in-time recovery is on in Order, and off in Customer",
        [NONE.point_in_time_recovery(true), NONE.point_in_time_recovery(false)],
    );
    assert_contradict(
        "deletion protection is off in Order, and on in Customer",
        [NONE.deletion_protection(false), NONE.deletion_protection(true)],
    );
    assert_contradict("the tag `team` is `blue` in Order, and `red` in Customer", [SHOP, NONE.tag("team", "red")]);
    assert_contradict("the tag `team` is `blue` in Order, and left out in Customer", [SHOP, NONE.without_tag("team")]);
}

/// Asserts that two models cannot give these settings, but that each of them agrees with a model that leaves them open.
fn assert_contradict(expected: &str, settings: [TableSettings; 2]) {
    let shared = |pair: [TableSettings; 2]| {
        let [one, other] = pair.map(plain);
        shared(one, other, &TableDefaults::default())
    };
    let conflict = shared(settings.clone()).unwrap_err().to_string();
    assert_eq!(conflict, format!("models Order and Customer declare table shop differently: {expected}"));
    for given in settings {
        let alone = model("Order", plain(given.clone())).table;
        for open in [
            [given.clone(), TableSettings::new()],
            [TableSettings::new(), given.clone()],
            [given.clone(), given.clone()],
        ] {
            assert_eq!(shared(open).unwrap(), alone);
        }
    }
}

#[test]
fn the_order_of_projected_attributes_is_no_contradiction() {
    let with = |names: [&'static str; 2]| {
        let mut declared = shop();
        declared.table.global_indexes[0].projection = IndexProjection::Include(names.map(Name::from).to_vec());
        declared
    };
    assert!(shared(with(["a", "b"]), with(["b", "a"]), &TableDefaults::default()).is_ok());
}

#[test]
fn a_third_model_is_compared_with_both_others() {
    let mut ends = plain(TableSettings::new());
    ends.table.time_to_live = Some("ends".into());
    let models = [model("Order", plain(TableSettings::new())), model("Customer", shop()), model("Invoice", ends)];
    let conflict = tables_of(&models.each_ref(), &TableDefaults::default()).unwrap_err();
    assert_eq!(conflict.models, ["Customer", "Invoice"]);
}

#[test]
fn defaults_apply_where_no_model_of_the_table_gives_a_setting() {
    const NONE: TableSettings = TableSettings::new();
    let defaults = TableDefaults {
        prefix: Some("test".into()),
        billing: Billing::provisioned(5, 1),
        on_demand_maximum: OnDemandMaximum::new(500, 100),
        table_class: TableClass::StandardInfrequentAccess,
        encryption: Encryption::AwsManaged,
        tags: vec![Tag::new("team", "none"), Tag::new("table", "{table_name}")],
        stream: Some(StreamView::NewImage),
        point_in_time_recovery: true,
        deletion_protection: true,
    };
    let table = shared(plain(NONE), shop(), &defaults).unwrap();
    assert_eq!(table.name, "test-shop");
    assert_eq!(table.stream, Some(StreamView::KeysOnly), "that of the model");
    assert_eq!(table.tags, [Tag::new("team", "blue"), Tag::new("table", "test-shop")]);
    assert_eq!(table.billing, Billing::provisioned(5, 1));

    let open = shared(plain(NONE), plain(NONE), &defaults).unwrap();
    assert_eq!((open.stream, open.table_class), (Some(StreamView::NewImage), TableClass::StandardInfrequentAccess));
    assert!(open.point_in_time_recovery && open.deletion_protection);
    assert_eq!(open.encryption, Encryption::AwsManaged);
    assert_eq!(open.on_demand_maximum, OnDemandMaximum::NONE, "the table has provisioned throughput");
    let on_demand = shared(plain(NONE), plain(NONE.billing(Billing::PayPerRequest)), &defaults).unwrap();
    assert_eq!(on_demand.on_demand_maximum, OnDemandMaximum::new(500, 100));

    let billed = plain(NONE.billing(Billing::provisioned(6, 1)));
    assert_eq!(shared(plain(NONE), billed, &defaults).unwrap().billing, Billing::provisioned(6, 1));
}

#[test]
fn a_setting_that_is_given_as_off_is_not_taken_from_the_database() {
    let defaults = TableDefaults {
        prefix: None,
        billing: Billing::provisioned(5, 1),
        on_demand_maximum: OnDemandMaximum::new(500, 100),
        table_class: TableClass::StandardInfrequentAccess,
        encryption: Encryption::AwsManaged,
        tags: vec![Tag::new("team", "blue")],
        stream: Some(StreamView::NewImage),
        point_in_time_recovery: true,
        deletion_protection: true,
    };
    let off = TableSettings::new()
        .billing(Billing::PayPerRequest)
        .on_demand_maximum(OnDemandMaximum::NONE)
        .table_class(TableClass::Standard)
        .aws_owned_key()
        .without_tag("team")
        .without_stream()
        .point_in_time_recovery(false)
        .deletion_protection(false);
    let bare = TableSchema::new("shop", key());
    assert_eq!(defaults.apply(&model("Order", plain(off.clone()))), bare);
    assert_eq!(shared(plain(off), plain(TableSettings::new()), &defaults).unwrap(), bare);
}

#[test]
fn a_policy_names_the_table_of_the_database() {
    let defaults = TableDefaults { prefix: Some("test".into()), ..TableDefaults::default() };
    let named = TableSettings::new().resource_policy(r#"{"Resource": "table/{table_name}"}"#);
    let policy = |settings| shared(plain(settings), shop(), &defaults).unwrap().resource_policy;
    assert_eq!(policy(named.clone()).as_deref(), Some(r#"{"Resource": "table/test-shop"}"#));
    assert_eq!(policy(named.without_resource_policy()), None);
}

#[test]
fn models_of_different_tables_keep_their_own() {
    let models = [
        ModelSchema::new("A", TableSchema::new("a", key()), Vec::new()),
        ModelSchema::new("B", TableSchema::new("b", index_key(KeyAttribute::n("id"))), Vec::new()),
        model("C", shop()),
    ];
    let tables = tables_of(&models.each_ref(), &TableDefaults::default()).unwrap();
    let names: Vec<_> = tables.iter().map(|table| table.schema.name.to_string()).collect();
    assert_eq!(names, ["a", "b", "shop"]);
    assert_eq!(tables[2].schema, created_shop());
}

fn found(schema: TableSchema) -> TableDescription {
    TableDescription::new(schema, TableStatus::Active)
}

#[test]
fn an_existing_table_with_more_serves_the_models() {
    let order = model("Order", shop());
    let table = table_of(&order);
    assert_eq!(table.mismatch(&found(created_shop())), None);
    let mut more = created_shop();
    more.global_indexes.push(GlobalIndex::new("other", index_key(KeyAttribute::s("x")), IndexProjection::All));
    more.local_indexes[0].projection = IndexProjection::All;
    more.billing = Billing::provisioned(1, 1);
    more.table_class = TableClass::StandardInfrequentAccess;
    (more.stream, more.time_to_live) = (None, None);
    more.tags.clear();
    assert_eq!(table.mismatch(&found(more)), None);
}

#[test]
fn every_lack_of_an_existing_table_is_named() {
    let order = model("Order", shop());
    let table = table_of(&order);
    let message = |change: fn(&mut TableDescription)| {
        let mut description = found(created_shop());
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
            warm_throughput: None,
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
