//! Encryption of tables.

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::{CreateTable, EncryptionStatus, TableDescription, TableStatus};
use djamodb_core::schema::{Billing, Encryption, TableSchema};
use djamodb_driver_memory::MemoryDriver;

use crate::support::tables::{by, described, invalid, slow_weather, update};
use crate::support::{DELAY, schema, validation_message, weather, with};

const AWS_MANAGED: &str = "arn:aws:kms:memory:000000000000:alias/aws/dynamodb";

fn key(name: &str) -> Encryption {
    Encryption::CustomerManaged(name.into())
}

fn encryption_of(table: TableDescription) -> (Encryption, Option<EncryptionStatus>) {
    (table.schema.encryption, table.encryption_status)
}

async fn encryption(driver: &MemoryDriver) -> (Encryption, Option<EncryptionStatus>) {
    encryption_of(described(driver).await)
}

#[tokio::test]
async fn a_table_is_described_with_the_arn_of_its_key() {
    assert_eq!(encryption(&weather().await).await, (Encryption::AwsOwned, None));
    let prefix = "arn:aws:kms:memory:000000000000:";
    for (requested, arn) in [
        (Encryption::AwsManaged, AWS_MANAGED.to_owned()),
        (key("alias/aws/dynamodb"), AWS_MANAGED.to_owned()),
        (key("alias/orders"), format!("{prefix}alias/orders")),
        (key("1234abcd-12ab-34cd"), format!("{prefix}key/1234abcd-12ab-34cd")),
        (key("arn:aws:kms:eu-west-2:123456789012:key/1234"), "arn:aws:kms:eu-west-2:123456789012:key/1234".into()),
    ] {
        let driver = with(TableSchema { encryption: requested, ..schema() }).await;
        assert_eq!(encryption(&driver).await, (key(&arn), Some(EncryptionStatus::Enabled)));
    }
    let nameless = TableSchema { encryption: key(""), ..schema() };
    assert_eq!(
        validation_message(&MemoryDriver::new(), CreateTable::new(nameless)).await,
        "1 validation error detected: Value '' at 'sSESpecification.kMSMasterKeyId' failed to satisfy constraint: Member must \
         have length greater than or equal to 1"
    );
}

#[tokio::test]
async fn an_update_changes_the_key() {
    let driver = weather().await;
    assert_eq!(
        invalid(&driver, update().encryption(Encryption::AwsOwned)).await,
        "Table is already encrypted by default"
    );
    driver.run(update().encryption(Encryption::AwsManaged)).await.unwrap();
    assert_eq!(encryption(&driver).await, (key(AWS_MANAGED), Some(EncryptionStatus::Enabled)));
    // The key is encrypted again by another name of the key, but not by its ARN.
    driver.run(update().encryption(Encryption::AwsManaged)).await.unwrap();
    assert!(
        invalid(&driver, update().encryption(key(AWS_MANAGED)))
            .await
            .starts_with("Table is already encrypted with given")
    );
    assert!(
        validation_message(&driver, update().encryption(key(""))).await.contains("'sSESpecification.kMSMasterKeyId'")
    );
    driver.run(update().encryption(Encryption::AwsOwned)).await.unwrap();
    assert_eq!(encryption(&driver).await, (Encryption::AwsOwned, None));

    let alone = "Server-Side Encryption modification must be the only operation in the request";
    let change = || update().encryption(Encryption::AwsManaged);
    assert_eq!(invalid(&driver, change().billing(Billing::PayPerRequest)).await, alone);
    assert_eq!(invalid(&driver, change().create_index(by("more", "x"))).await, alone);
    assert_eq!(encryption(&driver).await, (Encryption::AwsOwned, None));
}

#[tokio::test]
async fn the_present_key_is_described_until_the_next_takes_effect() {
    let (driver, clock) = slow_weather().await;
    let changed = driver.run(update().encryption(Encryption::AwsManaged)).await.unwrap().table;
    assert_eq!(changed.status, TableStatus::Active);
    assert_eq!(encryption_of(changed), (Encryption::AwsOwned, Some(EncryptionStatus::Updating)));
    let copy = driver.snapshot().driver();
    clock.advance(DELAY);
    for driver in [&driver, &copy] {
        assert_eq!(encryption(driver).await, (key(AWS_MANAGED), Some(EncryptionStatus::Enabled)));
    }
    driver.run(update().encryption(Encryption::AwsOwned)).await.unwrap();
    assert_eq!(encryption(&driver).await, (key(AWS_MANAGED), Some(EncryptionStatus::Updating)));
    clock.advance(DELAY);
    assert_eq!(encryption(&driver).await, (Encryption::AwsOwned, None));
}
