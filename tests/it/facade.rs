//! Programs reach the types of attributes and the drivers through the facade, without dependencies of their own.

use djamodb::prelude::*;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "receipts")]
struct Receipt {
    #[model(hash_key)]
    id: Uuid,
    #[model(range_key)]
    date: DateTime<Utc>,
    total: Decimal,
    scan: Bytes,
    details: djamodb::serde_json::Value,
}

#[djamodb::test(models = [Receipt])]
async fn a_model_with_attributes_of_other_crates_needs_only_the_prelude(db: Database) -> Result<(), djamodb::Error> {
    let receipt = Receipt {
        id: Uuid::new_v4(),
        date: djamodb::model::datetime::truncated(Utc::now()),
        total: Decimal::new(1999, 2),
        scan: Bytes::from_static(b"scan"),
        details: djamodb::serde_json::json!({ "lines": 3 }),
    };
    receipt.clone().save(&db).await?;
    let week = receipt.date - djamodb::chrono::TimeDelta::days(7);
    let read = Receipt::objects().set_hash_key(receipt.id).filter(Receipt::DATE.gt(week)).get(&db).await?;
    assert_eq!(read, receipt);
    Ok(())
}

#[cfg(feature = "aws-sdk")]
#[test]
fn a_client_of_the_aws_sdk_becomes_a_database() {
    use djamodb::aws_sdk::aws_config::{BehaviorVersion, SdkConfig};
    use djamodb::aws_sdk::aws_sdk_dynamodb::Client;

    let config = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    let db = Database::new(djamodb::AwsSdkDriver::from_client(Client::new(&config)));
    assert_eq!(db.driver().name(), "aws-sdk");
}
