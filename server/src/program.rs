//! The command line of the program, and its parts.

mod isolated;
mod load;
mod options;

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;

use clap::Parser as _;
use djamodb_driver_memory::MemoryDriver;
use djamodb_server::{Drivers, OneDriver, ServerOptions, serve_with};

use isolated::IsolatedDrivers;
use options::{Command, LogFormat, Program, Serve};

/// Runs the program until it is stopped.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let Program { command: Command::Serve(serve) } = Program::parse();
    match serve.log {
        LogFormat::Text => tracing_subscriber::fmt().with_writer(std::io::stderr).init(),
        LogFormat::Json => tracing_subscriber::fmt().json().with_writer(std::io::stderr).init(),
        LogFormat::None => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run_server(serve))
}

async fn run_server(serve: Serve) -> Result<(), Box<dyn Error>> {
    let address = (serve.host, serve.port);
    warn_if_reachable(serve.host);
    let mut options = ServerOptions::default();
    options.protocol.region.clone_from(&serve.region);
    let drivers: Arc<dyn Drivers> = if serve.isolate {
        if serve.load.is_some() {
            return Err("--load needs tables that all requests share; leave out --isolate".into());
        }
        Arc::new(IsolatedDrivers::new(serve.memory_options()))
    } else {
        let driver = MemoryDriver::with_options(serve.memory_options());
        if let Some(file) = &serve.load {
            let requests = load::load(&driver, file).await?;
            tracing::info!(requests, file = %file.display(), "loaded");
        }
        Arc::new(OneDriver(Arc::new(driver)))
    };
    let server = serve_with(drivers, address, options).await?;
    println!("listening on {}", server.url());
    stopped().await;
    server.stop().await;
    Ok(())
}

fn warn_if_reachable(host: IpAddr) {
    if !host.is_loopback() {
        eprintln!(
            "djamodb: warning: {host} can be reached from other machines, and requests are not authenticated; \
             use --host 127.0.0.1 to serve this machine only"
        );
    }
}

/// Waits for a signal to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
