//! Runs the service on the loopback address: `cargo run -p djamodb-example-rest -- [--url URL] [--port PORT]`.
//!
//! The database is named by `--url` or else by the environment (`DJAMODB_URL` and so on). `memory://` is a
//! database in memory.

use std::error::Error;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use djamodb::prelude::*;
use djamodb::{Settings, settings::SettingsError};
use djamodb_example_rest::{ServiceLimits, Weather, serve};
use tokio::net::TcpListener;

/// Environment variable with the secret that signs page tokens, at least 16 random bytes.
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
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let db = with_secret(djamodb::connect(arguments.settings()?).await?)?;
    if !db.table_exists::<Weather>().await? {
        db.create_table::<Weather>().await?;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    println!(
        "listening on http://{} with the driver {}; press Ctrl-C to stop",
        listener.local_addr()?,
        db.driver().name()
    );
    serve(listener, &db, ServiceLimits::default(), interrupted()).await;
    Ok(())
}

/// Sets the secret for page tokens, or prints a warning if there is none.
fn with_secret(db: Database) -> Result<Database, Box<dyn Error>> {
    match std::env::var(SECRET_VARIABLE) {
        Ok(secret) => {
            db.with_cursor_secret(secret).map_err(|error| format!("invalid {SECRET_VARIABLE}: {error}").into())
        }
        Err(std::env::VarError::NotPresent) => {
            eprintln!("warning: page tokens are not signed and can be forged; set {SECRET_VARIABLE}");
            Ok(db)
        }
        // The error is not shown, because it contains the secret.
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("{SECRET_VARIABLE} is not valid UTF-8").into()),
    }
}

/// Waits for Ctrl-C.
async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("cannot listen for Ctrl-C, stopping: {error}");
    }
}

struct Arguments {
    url: Option<String>,
    port: u16,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self { url: None, port: PORT };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--url" => arguments.url = Some(words.next().ok_or("--url needs a URL")?),
                "--port" => {
                    let port = words.next().and_then(|port| port.parse().ok());
                    arguments.port = port.ok_or("--port needs a number from 0 to 65535; 0 selects a free port")?;
                }
                other => return Err(format!("unknown argument {other}; the arguments are --url URL and --port PORT")),
            }
        }
        Ok(arguments)
    }

    fn settings(&self) -> Result<Settings, SettingsError> {
        match &self.url {
            Some(url) => Settings::from_url(url),
            None => Settings::from_env(),
        }
    }
}
