//! Code that uses the AWS SDK for Rust, tested on the memory driver inside the process, and the same tables over HTTP.
//!
//! `cargo run --example sdk_client --features aws-sdk-connector,server`

use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
};
use djamodb::MemoryDriver;

/// Greets a user, as a service does that knows nothing of djamodb.
async fn greeting(client: &aws_sdk_dynamodb::Client, id: &str) -> Result<String, aws_sdk_dynamodb::Error> {
    let key = AttributeValue::S(id.to_owned());
    let user = client.get_item().table_name("users").key("id", key).send().await?;
    let name = user.item().and_then(|item| item.get("name")?.as_s().ok());
    Ok(name.map_or("Who are you?".to_owned(), |name| format!("Hello, {name}!")))
}

async fn create_users(client: &aws_sdk_dynamodb::Client) -> Result<(), aws_sdk_dynamodb::Error> {
    let definition = AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S);
    let key = KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash);
    let create = client.create_table().table_name("users").attribute_definitions(definition.build()?);
    create.key_schema(key.build()?).billing_mode(BillingMode::PayPerRequest).send().await?;
    let user = [("id", "1"), ("name", "Ada")].map(|(name, value)| (name.to_owned(), AttributeValue::S(value.into())));
    client.put_item().table_name("users").set_item(Some(user.into())).send().await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let driver = MemoryDriver::new();
    let client = djamodb::sdk_client(driver.clone());
    create_users(&client).await?;
    assert_eq!(greeting(&client, "1").await?, "Hello, Ada!");
    assert_eq!(greeting(&client, "2").await?, "Who are you?");

    let server = djamodb::serve(driver, "127.0.0.1:0").await?;
    println!("SDKs of all languages find the same tables at {}", server.url());
    server.stop().await;
    Ok(())
}
