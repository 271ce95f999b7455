//! Tests of the server over sockets, and of the program.

mod http;
mod program;
mod server;
