//! Serves days of weather on this machine: `cargo run -p djamodb-example-rest -- [--url URL] [--port PORT]`.
//!
//! The database is that of `--url`, or else of the environment (`DJAMODB_URL` and so on), or else one in this process.

use std::error::Error;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use djamodb::prelude::*;
use djamodb::{Settings, settings::SettingsError};
use djamodb_example_rest::{Weather, serve};
use tokio::net::TcpListener;

/// The variable with the secret that signs page tokens: 16 random bytes or more.
const SECRET_VARIABLE: &str = "WEATHER_CURSOR_SECRET";

const PORT: u16 = 8080;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    let db = with_secret(djamodb::connect(arguments.settings()?).await?)?;
    if !db.table_exists::<Weather>().await? {
        db.create_table::<Weather>().await?;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    println!("listening on http://{}, over {}; ctrl-c ends it", listener.local_addr()?, db.driver().name());
    serve(listener, &db, stopped()).await?;
    Ok(())
}

/// Signs page tokens where there is a secret, and says so where there is none.
fn with_secret(db: Database) -> Result<Database, Box<dyn Error>> {
    match std::env::var(SECRET_VARIABLE) {
        Ok(secret) => db.with_cursor_secret(secret).map_err(|error| format!("{SECRET_VARIABLE}: {error}").into()),
        Err(std::env::VarError::NotPresent) => {
            eprintln!("page tokens are not signed, so that anybody can make one up; {SECRET_VARIABLE} is not set");
            Ok(db)
        }
        // The error itself would show the secret.
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("{SECRET_VARIABLE} is not in UTF-8").into()),
    }
}

/// Done when ctrl-c is pressed.
async fn stopped() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("ctrl-c cannot be heard, and the service does not start: {error}");
    }
}

struct Arguments {
    url: Option<String>,
    port: u16,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut read = Self { url: None, port: PORT };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--url" => read.url = Some(arguments.next().ok_or("--url is followed by a URL")?),
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    read.port =
                        port.ok_or("--port is followed by a number from 0 to 65535; 0 takes any that is free")?;
                }
                other => return Err(format!("there is no argument {other}; there are --url URL and --port PORT")),
            }
        }
        Ok(read)
    }

    fn settings(&self) -> Result<Settings, SettingsError> {
        match &self.url {
            Some(url) => Settings::from_url(url),
            None => Settings::from_env(),
        }
    }
}
