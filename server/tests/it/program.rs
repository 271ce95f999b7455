//! The program `djamodb`.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http::send;

/// A program that runs until it is dropped.
struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        let mut child = command(options).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_djamodb"));
    command.args(["serve", "--port", "0"]).args(options);
    command
}

const USERS: &str = r#"{"TableName": "users", "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"}"#;

#[tokio::test]
async fn the_program_serves_soon_after_its_start() {
    let start = Instant::now();
    let program = Program::start(&["--region", "eu-west-1", "--account", "123456789012"]);
    let (status, body) = send(program.address, "CreateTable", USERS).await;
    // Much more than it takes, since other tests run beside.
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(status, 200);
    assert!(body.contains("arn:aws:dynamodb:eu-west-1:123456789012:table/users"), "{body}");
}

#[tokio::test]
async fn a_file_of_requests_is_loaded_before_the_first_answer() {
    let folder = std::env::temp_dir().join(format!("djamodb-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("users.jsonl");
    let put = r#"{"PutItem": {"TableName": "users", "Item": {"id": {"S": "1"}}}}"#;
    std::fs::write(&file, format!("{{\"CreateTable\": {USERS}}}\n\n{put}\n")).unwrap();
    let file = file.to_str().unwrap();
    let program = Program::start(&["--load", file]);
    let (_, body) = send(program.address, "Scan", r#"{"TableName": "users", "Select": "COUNT"}"#).await;
    assert_eq!(body, r#"{"Count":1,"ScannedCount":1}"#);

    std::fs::write(file, format!("{put}\n")).unwrap();
    let output = command(&["--load", file]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains(&format!("{file}:1: PutItem on table users: Requested resource not found")), "{message}");
    assert_eq!(output.status.code(), Some(1));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn isolated_signers_have_tables_of_their_own() {
    let program = Program::start(&["--isolate"]);
    assert_eq!(send(program.address, "CreateTable", USERS).await.0, 200);
    let (_, body) = send(program.address, "ListTables", "{}").await;
    assert_eq!(body, r#"{"TableNames":["users"]}"#);
    let other = crate::http::request("ListTables", "{}").replace("Credential=key/", "Credential=other/");
    let mut stream = tokio::net::TcpStream::connect(program.address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, other.as_bytes()).await.unwrap();
    assert_eq!(crate::http::response(&mut stream).await.1, r#"{"TableNames":[]}"#);
}

#[test]
fn invalid_options_are_refused_with_a_reason() {
    for (options, reason) in [
        (&["--account", "12"][..], "an account has 12 digits"),
        (&["--isolate", "--load", "x"], "leave out --isolate"),
        (&["--load", "/no/such/file"], "No such file"),
        (&["--host", "not-an-address"], "invalid"),
    ] {
        let output = command(options).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(reason), "{message}");
        assert!(!output.status.success());
    }
}
