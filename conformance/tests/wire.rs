//! The suite over DynamoDB's protocol, with the memory driver behind it: by plans that are written and read as JSON, by the AWS SDK inside
//! the process, and by the AWS SDK and rusoto over HTTP.

#[path = "wire/wire_driver.rs"]
mod wire_driver;

use std::process::ExitCode;
use std::sync::Arc;

use djamodb_aws_sdk_connector::{sdk_client, sdk_streams_client};
use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_driver_memory::MemoryDriver;
use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};
use djamodb_server::{Server, serve};
use tokio::runtime::Runtime;
use wire_driver::WireDriver;

fn main() -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the runtime cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let memory = MemoryDriver::new();
    let server = match runtime.block_on(serve(memory.clone(), "127.0.0.1:0")) {
        Ok(server) => Arc::new(server),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let suite = Suite::new()
        .target(json(memory.clone()))
        .target(in_process(memory))
        .target(aws_sdk(&server))
        .target(rusoto(&server));
    main_with(suite)
}

fn json(memory: MemoryDriver) -> Target {
    Target::new("json-in-memory", Backend::MEMORY, move || {
        let driver = WireDriver::new(memory.clone());
        async { Ok(driver) }
    })
}

fn in_process(memory: MemoryDriver) -> Target {
    Target::new("aws-sdk-in-process", Backend::MEMORY, move || {
        let driver = AwsSdkDriver::from_client(sdk_client(memory.clone()))
            .with_streams_client(sdk_streams_client(memory.clone()));
        async { Ok(driver) }
    })
}

fn aws_sdk(server: &Arc<Server>) -> Target {
    let server = Arc::clone(server);
    Target::new("aws-sdk-on-server", Backend::MEMORY, move || {
        let config = AwsSdkConfig { endpoint: Some(server.url()), ..AwsSdkConfig::default() };
        async move { AwsSdkDriver::connect(config).await.map_err(|error| error.to_string()) }
    })
}

fn rusoto(server: &Arc<Server>) -> Target {
    let server = Arc::clone(server);
    Target::new("rusoto-on-server", Backend::MEMORY, move || {
        let config = RusotoConfig { endpoint: Some(server.url()), ..RusotoConfig::default() };
        async move { RusotoDriver::connect(config).await.map_err(|error| error.to_string()) }
    })
}
