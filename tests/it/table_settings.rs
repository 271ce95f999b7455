//! Settings that a model gives its table.

use djamodb::plan::{DescribeTable, ListTagsOfResource};
use djamodb::prelude::*;
use djamodb::schema::{Billing, Tag, Throughput};
use djamodb::{Error, MemoryDriver, TableDefaults};

#[derive(Model)]
#[model(table = "orders", billing = provisioned(5, 1), tags(team = "shop", table = "{table_name}"))]
#[model(point_in_time_recovery, deletion_protection, managed = false)]
struct Order {
    #[model(hash_key)]
    id: u32,
}

#[derive(Model)]
#[model(table = "notes", billing = pay_per_request, managed = false)]
struct Note {
    #[model(hash_key)]
    id: u32,
}

#[test]
fn a_model_has_settings_of_its_table() {
    let table = &Order::schema().table;
    assert_eq!(table.billing, Billing::Provisioned(Throughput { read_units: 5, write_units: 1 }));
    assert_eq!(table.tags, [Tag::new("team", "shop"), Tag::new("table", "{table_name}")]);
    assert!(table.point_in_time_recovery && table.deletion_protection);
    assert_eq!(Note::schema().table.billing, Billing::PayPerRequest);
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
    assert!(table.schema.deletion_protection);
    let mut tags = db.run(ListTagsOfResource::new(table.arn.unwrap_or_default())).await?.tags;
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    assert_eq!(tags, [Tag::new("env", "staging"), Tag::new("table", "staging-orders"), Tag::new("team", "shop")]);
    Ok(())
}
