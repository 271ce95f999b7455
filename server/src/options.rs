//! Options of a server.

use std::time::Duration;

use djamodb_wire::ProtocolOptions;

/// Options of a server.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Options of the protocol.
    pub protocol: ProtocolOptions,
    /// Time within which the headers of a request must arrive, 10 seconds by default.
    pub header_timeout: Duration,
    /// Time within which the body of a request must arrive, 30 seconds by default.
    pub body_timeout: Duration,
    /// Time that open requests have to end after [`Server::stop`](crate::Server::stop), 5 seconds by default.
    pub stop_timeout: Duration,
    /// Largest number of open connections, 1,024 by default. Further connections wait.
    pub connections_max: usize,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            protocol: ProtocolOptions::default(),
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            stop_timeout: Duration::from_secs(5),
            connections_max: 1_024,
        }
    }
}
