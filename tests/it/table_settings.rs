//! Settings that a model gives its table.

use djamodb::plan::{DescribeTable, EncryptionStatus, GetResourcePolicy, ListTagsOfResource};
use djamodb::prelude::*;
use djamodb::schema::{
    Billing, Encryption, OnDemandMaximum, StreamView, TableClass, TableSettings, Tag, WarmThroughput,
};
use djamodb::{Error, MemoryDriver, TableDefaults};

const SHOP: TableSettings = TableSettings::new()
    .billing(Billing::provisioned(5, 1))
    .table_class(TableClass::StandardInfrequentAccess)
    .tag("team", "shop")
    .tag("table", "{table_name}")
    .point_in_time_recovery(true);
const STREAMED: TableSettings = SHOP.stream(StreamView::NewImage).tag("data", "orders").tag("team", "orders");

#[derive(Model)]
#[model(table = "orders", billing = provisioned(5, 1), tags(team = "shop", table = "{table_name}"))]
#[model(point_in_time_recovery, deletion_protection, table_class = standard_infrequent_access, managed = false)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

/// Gives every setting as off.
#[derive(Model)]
#[model(table = "notes", billing = pay_per_request, table_class = standard, tags(team = none), stream = none)]
#[model(point_in_time_recovery = false, deletion_protection = false, managed = false)]
struct Note {
    #[model(hash_key)]
    id: u32,
}

/// Leaves every setting open.
#[derive(Model)]
#[model(table = "plain", managed = false)]
struct Plain {
    #[model(hash_key)]
    id: u32,
}

#[derive(Model)]
#[model(table = "parcels", settings = STREAMED, managed = false)]
struct Parcel {
    #[model(hash_key)]
    id: u32,
}

/// Has options that take precedence over those that it inherits.
#[derive(Model)]
#[model(table = "carts", settings = STREAMED, billing = pay_per_request, table_class = standard)]
#[model(tags(team = "carts", data = none, more = "yes"), stream = none, point_in_time_recovery = false)]
#[model(deletion_protection, managed = false)]
struct Cart {
    #[model(hash_key)]
    id: u32,
}

/// Extends the settings of a model by a constant of its own.
#[derive(Model)]
#[model(table = "returns", settings = Self::SETTINGS.deletion_protection(true), managed = false)]
struct Return {
    #[model(hash_key)]
    id: u32,
}

impl Return {
    const SETTINGS: TableSettings = SHOP.without_tag("table");
}

/// Shares the table of [`Parcel`] without a setting of its own.
#[derive(Model)]
#[model(table = "parcels", managed = false)]
struct Letter {
    #[model(hash_key)]
    id: u32,
}

/// Contradicts [`Parcel`].
#[derive(Model)]
#[model(table = "parcels", settings = SHOP, table_class = standard, tags(team = none), managed = false)]
struct Postcard {
    #[model(hash_key)]
    id: u32,
}

const LOCKED: TableSettings = TableSettings::new()
    .customer_managed_key("alias/shop")
    .on_demand_maximum(OnDemandMaximum::new(500, 100))
    .warm_throughput(WarmThroughput::read(13_000))
    .resource_policy(r#"{"Statement": []}"#);
const POLICY: &str = r#"{"Statement": [{"Resource": "{table_name}"}]}"#;

#[derive(Model)]
#[model(table = "vaults", encryption = customer_managed("alias/vaults"), on_demand_maximum(write = 50))]
#[model(warm_throughput(read = 20_000, write = 5_000), resource_policy = POLICY, managed = false)]
struct Vault {
    #[model(hash_key)]
    id: u32,
}

/// Gives settings that it inherits as off.
#[derive(Model)]
#[model(table = "lockers", settings = LOCKED, encryption = aws_owned, on_demand_maximum = none, resource_policy = none)]
#[model(managed = false)]
struct Locker {
    #[model(hash_key)]
    id: u32,
}

#[derive(Model)]
#[model(table = "safes", settings = LOCKED, encryption = aws_managed, managed = false)]
struct Safe {
    #[model(hash_key)]
    id: u32,
}

/// Defaults of a database in which every setting is on.
fn everything_on() -> TableDefaults {
    TableDefaults {
        prefix: None,
        billing: Billing::provisioned(7, 7),
        on_demand_maximum: OnDemandMaximum::new(500, 100),
        encryption: Encryption::AwsManaged,
        table_class: TableClass::StandardInfrequentAccess,
        tags: vec![Tag::new("team", "all"), Tag::new("env", "staging")],
        stream: Some(StreamView::KeysOnly),
        point_in_time_recovery: true,
        deletion_protection: true,
    }
}

#[test]
fn a_model_has_settings_of_its_table() {
    let table = &Order::schema().table;
    assert_eq!(table.billing, Billing::provisioned(5, 1));
    assert_eq!(table.table_class, TableClass::StandardInfrequentAccess);
    assert_eq!(table.tags, [Tag::new("team", "shop"), Tag::new("table", "{table_name}")]);
    assert!(table.point_in_time_recovery && table.deletion_protection);
    let note = &Note::schema().table;
    assert_eq!((note.billing, note.table_class, note.stream), (Billing::PayPerRequest, TableClass::Standard, None));
    assert_eq!(Plain::schema().settings, TableSettings::default());
}

#[test]
fn a_model_inherits_settings_and_its_own_options_take_precedence() {
    let parcel = &Parcel::schema().table;
    assert_eq!((parcel.billing, parcel.stream), (Billing::provisioned(5, 1), Some(StreamView::NewImage)));
    assert_eq!(
        parcel.tags,
        [Tag::new("team", "orders"), Tag::new("table", "{table_name}"), Tag::new("data", "orders")],
        "the last tag with a key"
    );
    assert!(parcel.point_in_time_recovery && !parcel.deletion_protection);

    let cart = &Cart::schema().table;
    assert_eq!((cart.billing, cart.table_class, cart.stream), (Billing::PayPerRequest, TableClass::Standard, None));
    assert_eq!(cart.tags, [Tag::new("team", "carts"), Tag::new("table", "{table_name}"), Tag::new("more", "yes")]);
    assert!(!cart.point_in_time_recovery && cart.deletion_protection);

    let returned = &Return::schema().table;
    assert_eq!(returned.tags, [Tag::new("team", "shop")]);
    assert!(returned.point_in_time_recovery && returned.deletion_protection);
}

#[test]
fn a_setting_of_the_database_applies_where_neither_the_model_nor_its_settings_give_it() {
    let db = Database::with_defaults(MemoryDriver::new(), everything_on());
    let plain = db.table_schema::<Plain>();
    let on = (Billing::provisioned(7, 7), TableClass::StandardInfrequentAccess, Some(StreamView::KeysOnly));
    assert_eq!((plain.billing, plain.table_class, plain.stream), on);
    assert!(plain.point_in_time_recovery && plain.deletion_protection && plain.tags.len() == 2);

    let parcel = db.table_schema::<Parcel>();
    assert_eq!((parcel.billing, parcel.stream), (Billing::provisioned(5, 1), Some(StreamView::NewImage)));
    assert!(parcel.deletion_protection, "that of the database");
    assert_eq!(parcel.tags.len(), 4);
}

#[test]
fn every_setting_of_the_database_can_be_switched_off_by_a_model() {
    let db = Database::with_defaults(MemoryDriver::new(), everything_on());
    let note = db.table_schema::<Note>();
    assert_eq!((note.billing, note.table_class, note.stream), (Billing::PayPerRequest, TableClass::Standard, None));
    assert!(!note.point_in_time_recovery && !note.deletion_protection);
    assert_eq!(note.tags, [Tag::new("env", "staging")]);
}

#[tokio::test]
async fn a_table_is_created_with_the_settings_of_its_model() -> Result<(), Error> {
    let defaults = TableDefaults {
        prefix: Some("staging".to_owned()),
        tags: vec![Tag::new("team", "all"), Tag::new("env", "staging")],
        ..TableDefaults::default()
    };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Order>().await?;
    let table = db.run(DescribeTable::new("staging-orders")).await?.table;
    assert_eq!(table.schema.billing, Order::schema().table.billing);
    assert_eq!(table.schema.table_class, TableClass::StandardInfrequentAccess);
    assert!(table.schema.deletion_protection);
    let mut tags = db.run(ListTagsOfResource::new(table.arn.unwrap_or_default())).await?.tags;
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    assert_eq!(tags, [Tag::new("env", "staging"), Tag::new("table", "staging-orders"), Tag::new("team", "shop")]);
    Ok(())
}

#[test]
fn a_model_has_throughput_encryption_and_policy_of_its_table() {
    let vault = &Vault::schema().table;
    assert_eq!(vault.encryption, Encryption::CustomerManaged("alias/vaults".into()));
    assert_eq!(vault.on_demand_maximum, OnDemandMaximum::write(50));
    assert_eq!(vault.warm_throughput, WarmThroughput::new(20_000, 5_000));
    assert_eq!(vault.resource_policy.as_deref(), Some(POLICY));

    let safe = &Safe::schema().table;
    assert_eq!((&safe.encryption, safe.on_demand_maximum), (&Encryption::AwsManaged, OnDemandMaximum::new(500, 100)));
    assert_eq!((safe.warm_throughput, safe.resource_policy.is_some()), (WarmThroughput::read(13_000), true));

    let db = Database::with_defaults(
        MemoryDriver::new(),
        TableDefaults { billing: Billing::PayPerRequest, ..everything_on() },
    );
    let plain = db.table_schema::<Plain>();
    assert_eq!((plain.encryption, plain.on_demand_maximum), (Encryption::AwsManaged, OnDemandMaximum::new(500, 100)));
    let locker = db.table_schema::<Locker>();
    assert_eq!((locker.encryption, locker.on_demand_maximum), (Encryption::AwsOwned, OnDemandMaximum::NONE));
    assert_eq!(locker.resource_policy, None);
}

#[tokio::test]
async fn a_table_is_created_with_throughput_encryption_and_policy() -> Result<(), Error> {
    let defaults = TableDefaults { prefix: Some("staging".to_owned()), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Vault>().await?;
    let table = db.run(DescribeTable::new("staging-vaults")).await?.table;
    assert_eq!(table.encryption_status, Some(EncryptionStatus::Enabled));
    assert_eq!(table.schema.on_demand_maximum, OnDemandMaximum::write(50));
    let warm = table.warm_throughput.map(|warm| (warm.read_units, warm.write_units));
    assert_eq!(warm, Some((20_000, 5_000)));
    let policy = db.run(GetResourcePolicy::new(table.arn.unwrap_or_default())).await?.policy;
    assert_eq!(policy, r#"{"Statement": [{"Resource": "staging-vaults"}]}"#);
    Ok(())
}

#[tokio::test]
async fn an_existing_table_of_another_class_is_left_as_it_is() -> Result<(), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Parcel>().await?;
    let error = db.create_table::<Postcard>().await.unwrap_err();
    assert!(matches!(&error, Error::Driver(error) if error.is_resource_in_use()), "{error}");
    let class = db.run(DescribeTable::new("parcels")).await?.table.schema.table_class;
    assert_eq!(class, TableClass::StandardInfrequentAccess);
    Ok(())
}

#[tokio::test]
async fn a_model_that_leaves_settings_open_agrees_with_one_that_gives_them() -> Result<(), Error> {
    for models in [[Parcel::schema(), Letter::schema()], [Letter::schema(), Parcel::schema()]] {
        let db = Database::with_defaults(MemoryDriver::new(), everything_on());
        db.create_tables(&models).await?;
        let table = db.run(DescribeTable::new("parcels")).await?.table.schema;
        assert_eq!((table.billing, table.stream), (Billing::provisioned(5, 1), Some(StreamView::NewImage)));
    }
    Ok(())
}

#[tokio::test]
async fn models_of_a_table_that_give_a_setting_differently_are_refused() {
    let db = Database::new(MemoryDriver::new());
    let error = db.create_tables(&[Parcel::schema(), Postcard::schema()]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "models Parcel and Postcard declare table parcels differently: the table class is STANDARD_INFREQUENT_ACCESS in Parcel, and \
         STANDARD in Postcard"
    );
}
