//! Child processes without input, with a time limit.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The interval between two looks at a running child.
const INTERVAL: Duration = Duration::from_millis(20);

/// Runs a command with closed standard input, and returns its output. A child that runs longer than `limit` is killed.
///
/// # Errors
///
/// Returns the error of starting the command, or [`io::ErrorKind::TimedOut`].
pub(crate) fn output_within(command: &mut Command, limit: Duration) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // Both pipes are read while the child runs, so that it never waits for a full one.
    let (stdout, stderr) = (read(child.stdout.take()), read(child.stderr.take()));
    let Some(status) = wait(&mut child, limit)? else {
        // It may have exited since; its own children may still hold the pipes, which are therefore not awaited.
        let _ = child.kill();
        child.wait()?;
        let message = format!("it did not finish within {} s", limit.as_secs_f32());
        return Err(io::Error::new(io::ErrorKind::TimedOut, message));
    };
    Ok(Output { status, stdout: joined(stdout)?, stderr: joined(stderr)? })
}

fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        let status = child.try_wait()?;
        if status.is_some() || start.elapsed() >= limit {
            return Ok(status);
        }
        thread::sleep(INTERVAL);
    }
}

/// Reads a pipe to its end in a thread.
fn read(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<io::Result<Vec<u8>>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    })
}

fn joined(reader: JoinHandle<io::Result<Vec<u8>>>) -> io::Result<Vec<u8>> {
    reader.join().unwrap_or_else(|_| Err(io::Error::other("the thread that reads its output panicked")))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn standard_input_is_at_its_end() {
        let output = output_within(&mut shell("cat; echo done"), Duration::from_secs(30)).unwrap();
        assert_eq!(output.stdout, b"done\n");
    }

    #[test]
    fn output_that_fills_a_pipe_is_read_whole() {
        let script = "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; exit 3";
        let output = output_within(&mut shell(script), Duration::from_secs(30)).unwrap();
        assert_eq!((output.stdout.len(), output.stderr.len()), (300_000, 300_000));
        assert_eq!(output.status.code(), Some(3));
    }

    #[test]
    fn a_child_that_does_not_end_is_killed_at_its_limit() {
        let start = Instant::now();
        let error = output_within(&mut shell("exec sleep 60"), Duration::from_millis(100)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
