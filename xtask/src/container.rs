//! The static binary that `server/Dockerfile` copies.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::child::output_within;
use crate::command::root;
use crate::server::{Build, Connection, Server};

/// Longest time from the start of the process until its first answer, and the number of starts, one of which must reach it on a busy machine.
const FIRST_ANSWER_MAX: Duration = Duration::from_millis(10);
const STARTS: usize = 20;
/// Longest time of the program that lists shared libraries.
const LDD_MAX: Duration = Duration::from_secs(30);
/// Largest memory of a server without tables.
const IDLE_MEGABYTES_MAX: f64 = 10.0;

/// Builds the binary of the container, if this system is Linux with glibc, and checks that it is static, fast to start, and serves.
///
/// # Errors
///
/// Returns a message that names the property that does not hold.
pub(crate) fn check() -> Result<(), String> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        println!("\nthe binary of the container is not built: this system is not Linux with glibc");
        return Ok(());
    }
    let program = Build::Release.program()?;
    require_copied(&program)?;
    require_static(&program)?;
    let mut first_answer = Duration::MAX;
    for _ in 0..STARTS {
        first_answer = first_answer.min(Server::start(&program)?.time_to_answer()?);
    }
    if first_answer > FIRST_ANSWER_MAX {
        return Err(format!(
            "the first of {STARTS} servers answers after {first_answer:?}, not within {FIRST_ANSWER_MAX:?}"
        ));
    }
    let server = Server::start(&program)?;
    server.time_to_answer()?;
    let idle = server.resident_megabytes().ok_or("the memory of the server is not known")?;
    if idle > IDLE_MEGABYTES_MAX {
        return Err(format!("the server has {idle:.1} MB without a table, more than {IDLE_MEGABYTES_MAX} MB"));
    }
    require_stored_item(&server)?;
    println!(
        "\nthe binary of the container is static, answers after {:.1} ms and has {idle:.1} MB",
        first_answer.as_secs_f64() * 1e3
    );
    Ok(())
}

/// Checks that the Dockerfile copies the program.
fn require_copied(program: &Path) -> Result<(), String> {
    let path = "server/Dockerfile";
    let dockerfile = fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))?;
    let copied = dockerfile.lines().find_map(|line| line.strip_prefix("COPY ")?.split(' ').next());
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let source = copied.unwrap_or_default().replace("$TARGET", &target);
    if root().join(&source) != program {
        return Err(format!("{path} copies `{source}`, but the program is {}", program.display()));
    }
    Ok(())
}

/// Checks that a program needs no shared library.
fn require_static(program: &Path) -> Result<(), String> {
    let mut command = Command::new("ldd");
    let output = output_within(command.arg(program), LDD_MAX).map_err(|error| format!("ldd: {error}"))?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let is_static = text.contains("statically linked") || text.contains("not a dynamic executable");
    if is_static { Ok(()) } else { Err(format!("{} is not static: {text}", program.display())) }
}

/// Checks that an item can be stored and read.
fn require_stored_item(server: &Server) -> Result<(), String> {
    let mut connection = Connection::open(server.url())?;
    let key = r#"{"id": {"S": "1"}}"#;
    connection.send(
        "CreateTable",
        r#"{"TableName": "users", "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"}"#,
    )?;
    connection.send("PutItem", &format!(r#"{{"TableName": "users", "Item": {key}}}"#))?;
    let read = connection.send("GetItem", &format!(r#"{{"TableName": "users", "Key": {key}}}"#))?;
    if read == r#"{"Item":{"id":{"S":"1"}}}"# { Ok(()) } else { Err(format!("the item is read as {read}")) }
}
